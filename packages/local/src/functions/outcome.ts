/** How one invocation ended. Only `answered` has an answer; the callers (gateway, mapping, schedule) treat the rest as AWS does. */
export type InvocationOutcome =
  | { readonly kind: 'answered' /** What the handler returned, as JSON text. */; readonly payload: string }
  | { readonly kind: 'failed'; readonly errorType: string; readonly message: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'crashed'; readonly reason: string }
  | { readonly kind: 'throttled' };

/** From the runner to a worker. */
export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly event: string;
  readonly requestId: string;
  /** By the machine's clock, which a move of the laptop's clock does not touch. */
  readonly deadlineMachineMs: number;
}

/** From a worker to the runner. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answered'; readonly payload: string }
  | { readonly kind: 'failed'; readonly errorType: string; readonly message: string; readonly stack: string };

/** What a worker is started with. */
export interface WorkerStart {
  readonly handlerUrl: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly clockOffset: SharedArrayBuffer;
}

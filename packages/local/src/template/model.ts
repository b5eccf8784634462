/** What the laptop starts, read from the synthesized templates and from nowhere else. */
export interface LaptopModel {
  readonly tables: readonly TableModel[];
  readonly queues: readonly QueueModel[];
  readonly functions: readonly FunctionModel[];
  readonly mappings: readonly MappingModel[];
  readonly api: ApiModel | null;
  readonly schedules: readonly ScheduleModel[];
  readonly buckets: readonly BucketModel[];
  readonly keys: readonly KeyModel[];
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface TableModel {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey: KeyAttribute | null;
  readonly indexes: readonly TableIndexModel[];
  readonly timeToLiveAttribute: string | null;
}

export interface TableIndexModel {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey: KeyAttribute | null;
  readonly projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly nonKeyAttributes: readonly string[];
}

export interface QueueModel {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  readonly delaySeconds: number;
  /** Where a message goes once it has been received `maxReceiveCount` times without being deleted. */
  readonly redrive: { readonly targetArn: string; readonly maxReceiveCount: number } | null;
}

export interface FunctionModel {
  readonly name: string;
  readonly arn: string;
  /** The directory of the cloud assembly that holds the bundle. */
  readonly codeDirectory: string;
  /** `index.handler`: file without extension, then the exported name. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | null;
}

export interface MappingModel {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  readonly maximumConcurrency: number | null;
}

export interface ApiModel {
  readonly id: string;
  readonly routes: readonly RouteModel[];
  /** The stage's limits; null when the template sets none. */
  readonly throttling: ThrottlingModel | null;
  /** Limits of single routes by their key, which hold for them in place of the stage's. */
  readonly routeThrottling: Readonly<Record<string, ThrottlingModel>>;
}

/** A token bucket: requests a second, and requests at once. */
export interface ThrottlingModel {
  readonly ratePerSecond: number;
  readonly burst: number;
}

export interface RouteModel {
  /** `GET /v1/units/{id}`, `ANY /v1/{proxy+}` or `$default`. */
  readonly key: string;
  readonly functionName: string;
  readonly authorizer: AuthorizerModel | null;
  /** A token needs one of them; none means that any valid token will do. */
  readonly scopes: readonly string[];
  readonly integrationTimeoutMs: number;
}

export interface AuthorizerModel {
  readonly id: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
}

export interface ScheduleModel {
  readonly name: string;
  readonly arn: string;
  /** `rate(1 minute)` or `cron(0 6 * * ? *)`. */
  readonly expression: string;
  /** IANA name; rules of EventBridge are always in UTC. */
  readonly timeZone: string;
  readonly functionName: string;
  /** The target's own input as JSON text, or null for EventBridge's standard event. */
  readonly input: string | null;
  readonly source: 'aws.events' | 'aws.scheduler';
}

export interface BucketModel {
  readonly name: string;
}

export interface KeyModel {
  readonly keyId: string;
  readonly arn: string;
}

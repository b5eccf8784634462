// The thread that stands for one Lambda execution environment: loads a bundle once, then handles one event at a time.
// Plain JavaScript for the reason given in clock-shim.mjs; the messages are typed in outcome.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from '../clock-shim.mjs';

const { handlerUrl, exportName, functionName, functionArn, memoryMb, clockOffset } = workerData;
const machineNow = Date.now;
installClock(clockOffset);

const bundle = await import(handlerUrl);
const handler = bundle[exportName];
if (typeof handler !== 'function') throw new Error(`${handlerUrl} exports no function ${exportName}`);

parentPort.on('message', async ({ event, requestId, deadlineMachineMs }) => {
  try {
    const result = await handler(JSON.parse(event), contextOf(requestId, deadlineMachineMs));
    parentPort.postMessage({ kind: 'answered', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    parentPort.postMessage({
      kind: 'failed',
      errorType: error?.name ?? 'Error',
      message: error?.message ?? String(error),
      stack: error?.stack ?? '',
    });
  }
});
parentPort.postMessage({ kind: 'ready' });

function contextOf(requestId, deadlineMachineMs) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'laptop',
    memoryLimitInMB: String(memoryMb),
    getRemainingTimeInMillis: () => Math.max(0, deadlineMachineMs - machineNow()),
  };
}

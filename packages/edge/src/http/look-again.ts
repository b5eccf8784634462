/** How soon work that a worker has been given is worth another look. */
const LOOK_AGAIN_SECONDS = 1;

/** For an answer about such work: when to ask again, as long as it is not done. */
export const lookAgain = (isWorking: boolean): { readonly retryAfterSeconds?: number } =>
  isWorking ? { retryAfterSeconds: LOOK_AGAIN_SECONDS } : {};

/** Waits before the next try: a random part of a time that doubles, so that those who collided spread out. */
export const pauseBeforeRetry = (attempt: number): Promise<void> => {
  const longestMs = Math.min(FIRST_MS * 2 ** attempt, CEILING_MS);
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * longestMs);
  });
};

const FIRST_MS = 25;
const CEILING_MS = 800;

import { afterAll, beforeAll } from 'vitest';
import { type Environment, openEnvironment } from '../contracts/environment.ts';

/** The embedded engines for the tests of one file. */
export const useEnvironment = (): (() => Environment) => {
  let opened: Environment | null = null;
  beforeAll(async () => {
    opened = await openEnvironment();
  }, 60_000);
  afterAll(() => opened?.close());
  return () => {
    if (opened === null) throw new Error('the environment is not open yet');
    return opened;
  };
};

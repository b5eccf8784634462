import * as z from 'zod';

/** What vitest writes about a run, as far as it is read here. */
export const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/** What is known beforehand of how a run ends. */
export interface Expected {
  /** Full names of tests that fail because of a known gap. */
  readonly failing: readonly string[];
  /** Full names of tests that are passed over. */
  readonly passedOver: readonly string[];
  /** Those that are passed over on some machines only. */
  readonly sometimesPassedOver: readonly string[];
}

/** Everything that was not as expected, each as a line to print; empty when all was. */
export const surprisesIn = (report: Report, expected: Expected): readonly string[] => {
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (...statuses: readonly string[]) =>
    all.filter(({ status }) => statuses.includes(status)).map(({ fullName }) => fullName);
  const failed = named('failed');
  const skipped = named('skipped', 'pending', 'todo', 'disabled');
  const without = (list: readonly string[], ...others: (readonly string[])[]) =>
    list.filter((name) => !others.some((other) => other.includes(name)));
  const detailOf = (name: string): string =>
    all
      .find((each) => each.fullName === name)
      ?.failureMessages?.[0]?.split('\n')
      .slice(0, 40)
      .join('\n    ') ?? '';
  const unread = report.testResults.filter(
    ({ status, assertionResults }) =>
      assertionResults.length === 0 ||
      (status === 'failed' && !assertionResults.some((each) => each.status === 'failed')),
  );
  return [
    ...unread.map(({ name, message }) => `did not run as a whole: ${name}\n    ${message}`),
    ...without(failed, expected.failing).map((name) => `failed: ${name}\n    ${detailOf(name)}`),
    ...without(expected.failing, failed).map((name) => `is no gap any more, take it off the list: ${name}`),
    ...without(skipped, expected.passedOver, expected.sometimesPassedOver).map(
      (name) => `was passed over, and no list says why: ${name}`,
    ),
    ...without(expected.passedOver, skipped).map((name) => `is not passed over any more, take it off: ${name}`),
  ];
};

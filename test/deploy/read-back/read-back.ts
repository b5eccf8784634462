import { type AwsCall, askAwsAll } from '../ask-aws.ts';
import { type Deployment, STACKS } from '../deployment.ts';
import { conditionsOf, resourcesOf } from '../template.ts';
import { type Difference, differencesOf } from './differences.ts';
import { READERS } from './readers.ts';
import { resolveIn } from './resolve.ts';

/** Reads back every resource of every stack and says where it is not what the template asked for. */
export const readBack = async (
  { environment, deployed }: Pick<Deployment, 'environment' | 'deployed'>,
  assembly: string,
): Promise<{ readonly read: number; readonly differences: readonly Difference[] }> => {
  const questions: {
    readonly where: string;
    readonly calls: readonly AwsCall[];
    readonly judge: (answers: readonly Readonly<Record<string, unknown>>[]) => readonly Difference[];
  }[] = [];
  for (const stack of STACKS) {
    const resolve = resolveIn(stack, deployed, conditionsOf(assembly, stack));
    for (const [id, { Type, Properties }] of resourcesOf(assembly, stack)) {
      // Neither says anything about what runs.
      if (Type === 'AWS::CDK::Metadata') continue;
      const reader = READERS[Type];
      const physicalId = deployed.resources[stack].get(id)?.physicalId;
      if (reader === undefined) throw new Error(`Nobody knows how to read back a ${Type}`);
      const where = `${Type} ${id}`;
      if (physicalId === undefined) {
        questions.push({ where, calls: [], judge: () => [{ where, wanted: 'to be there', found: undefined }] });
        continue;
      }
      const wanted = Object.fromEntries(Object.entries(Object(resolve(Properties))));
      questions.push({
        where,
        calls: reader.calls(physicalId, wanted),
        judge: (answers) => differencesOf(where, wanted, reader.properties(answers, wanted, physicalId)),
      });
    }
  }
  const outcomes = await askAwsAll(
    environment,
    questions.flatMap(({ calls }) => calls),
  );
  let next = 0;
  const differences = questions.flatMap(({ where, calls, judge }) => {
    const answers = outcomes.slice(next, next + calls.length);
    next += calls.length;
    const refused = answers.flatMap((outcome, index) =>
      'error' in outcome
        ? [{ where: `${where} ${calls[index]?.operation}`, wanted: 'an answer', found: outcome.error }]
        : [],
    );
    const known = answers.map((outcome) => ('answer' in outcome ? outcome.answer : {}));
    return refused.length > 0 ? refused : judge(known);
  });
  return { read: questions.length, differences };
};

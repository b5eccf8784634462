import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalInput } from '../canonical-input.ts';
import { canonicalJson } from '../canonical-json.ts';
import { ENGINE_VERSION, runMatching } from '../run-matching.ts';
import { questionsTo, recordedInputs } from '../test-support/recorded-inputs.ts';
import { answerWhatIf } from '../what-if/answer-what-if.ts';

const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);

// A run is replayed from its snapshot wherever its engine is still the one in use, so the same engine must give the same
// bytes next year. When this file has changed (`-u` writes it), `ENGINE_VERSION` must have changed as well; the column of
// proofs may differ without that, for several proofs can prove one result.
test('what an engine has once come to, it comes to again', async () => {
  const lines = recordedInputs().map((given, index) => {
    const input = canonicalInput(given);
    const { proofs, ...result } = runMatching(input);
    const answers = questionsTo(input, { ...result, proofs }).map((question) =>
      answerWhatIf(input, { ...result, proofs }, question),
    );
    return [
      String(index + 1).padStart(2),
      `input ${hashOf(input)}`,
      `result ${hashOf(result)}`,
      `what-ifs ${hashOf(answers)}`,
      `proofs ${hashOf(proofs)}`,
    ].join('  ');
  });
  await expect(`${[ENGINE_VERSION, ...lines].join('\n')}\n`).toMatchFileSnapshot('./runs.txt');
});

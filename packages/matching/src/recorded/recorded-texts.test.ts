import type { RunPolicy } from '@gruppstart/domain/matching/run-policy';
import { RunId } from '@gruppstart/domain/shared/ids';
import { expect, test } from 'vitest';
import { canonicalInput } from '../canonical-input.ts';
import { type ComparedRun, standingOf } from '../compare/compared-run.ts';
import { diffRuns } from '../compare/run-diff.ts';
import { callGainSentence } from '../explain/call-gain-text.ts';
import { explainProposal, explainUnplaced } from '../explain/explain-outcome.ts';
import { frontierText } from '../explain/frontier-text.ts';
import { personText } from '../explain/person-text.ts';
import type { ExplanationLanguage } from '../explain/phrasebook.ts';
import { placeSentences } from '../explain/place-text.ts';
import { questionSentences } from '../explain/question-text.ts';
import { personDifferenceText, placeDifferenceText, runDifferenceSentences } from '../explain/run-diff-text.ts';
import { sessionNeedText } from '../explain/session-need-text.ts';
import { whatIfSentences } from '../explain/what-if-text.ts';
import type { MatchInput, RunResult } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { labelsIn } from '../test-support/labels.ts';
import { questionsTo, recordedInputs } from '../test-support/recorded-inputs.ts';
import { answerWhatIf } from '../what-if/answer-what-if.ts';

const BETWEEN_SENTENCES = /\n\n|(?<=[.?!]) (?=\p{Lu})/u;

const runSaid = (input: MatchInput, result: RunResult, language: ExplanationLanguage): readonly string[] => {
  const labels = labelsIn(language);
  const { summary, candidates, places, callList } = result;
  return [
    frontierText(summary.frontier, summary.cohorts.length > 1 ? summary.cohorts[0]!.startDate : null, language),
    ...summary.sessionNeeds.map((need) => sessionNeedText(need, labels, language)),
    ...places.flatMap((place) => placeSentences(place, labels, language)),
    ...callList.flatMap((entry) => [
      ...questionSentences(entry, labels, language).split(BETWEEN_SENTENCES),
      callGainSentence(
        {
          yes: { places: entry.opens, ...entry.ifYes },
          no: { places: -entry.settles, ...entry.ifNo },
          isEstimate: entry.isEstimate,
          isYesOrNo: entry.topic.kind === 'licence',
        },
        language,
      ),
    ]),
    ...candidates.flatMap((outcome) => {
      const explained =
        outcome.kind === 'proposed'
          ? explainProposal(outcome, labels, language)
          : explainUnplaced(outcome, labels, language);
      return [
        ...Object.values(explained).flatMap((said) =>
          said !== null && typeof said === 'object' && !Array.isArray(said) ? Object.values(said).flat() : said,
        ),
        ...personText(outcome, input.purpose, labels, language).split(BETWEEN_SENTENCES),
      ];
    }),
    ...questionsTo(input, result).flatMap((question) => {
      const answer = answerWhatIf(input, result, question);
      return answer.ok ? whatIfSentences(question, answer.value, true, labels, language) : [answer.error];
    }),
  ].filter((said): said is string => said !== null && said !== '');
};

const POLICY: RunPolicy = { pins: [], placeAtMost: null, keep: null, factsOf: null };

const compared = (input: MatchInput, { summary, candidates, places }: RunResult, index: number): ComparedRun => {
  const runId = RunId.parse(`run_${String(index).padStart(26, '0')}`);
  const people = new Map(candidates.map((outcome) => [outcome.candidateId, standingOf(outcome)]));
  return { runId, policy: POLICY, summary, seed: input.seed, snapshotHash: null, factsFrom: runId, people, places };
};

const differenceSaid = (from: ComparedRun, to: ComparedRun, language: ExplanationLanguage): readonly string[] => {
  const labels = labelsIn(language);
  const difference = diffRuns(from, to);
  return [
    ...runDifferenceSentences(difference, language),
    ...difference.people.map((each) => personDifferenceText(each, labels, language)),
    ...difference.places.map((each) => placeDifferenceText(each, labels, language)),
  ];
};

// Every kind of sentence once, as people read it: a change of wording shows as a line here, and can be read in review.
test.each(['sv', 'en'] as const)('all that runs say is written down (%s)', async (language) => {
  const said = new Set<string>();
  const shapes = new Set<string>();
  let before: ComparedRun | null = null;
  for (const [index, given] of recordedInputs().entries()) {
    const input = canonicalInput(given);
    const result = runMatching(input);
    const after = compared(input, result, index);
    const lines = [
      ...runSaid(input, result, language),
      ...(before === null ? [] : differenceSaid(before, after, language)),
    ];
    before = after;
    for (const line of lines) {
      // Sentences that differ by a larger number alone say nothing new; one and none are worded otherwise.
      const shape = line.replaceAll(/\d{2,}|[2-9]/g, '#');
      if (shapes.has(shape)) continue;
      shapes.add(shape);
      said.add(line);
    }
  }
  for (const line of said) expect(line).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
  await expect(`${[...said].toSorted().join('\n')}\n`).toMatchFileSnapshot(`./texts.${language}.txt`);
});

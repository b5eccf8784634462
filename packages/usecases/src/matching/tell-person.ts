import type { CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { personText } from '@gruppstart/matching/explain/person-text';
import { inBoth, labelsIn, type NamedThings } from './explain.ts';

/** What may be read or sent to the person: an outcome in easy words, both languages. */
export const tellPerson = (outcome: CandidateOutcome, purpose: RunPurpose, things: NamedThings): BilingualText =>
  inBoth((language) => personText(outcome, purpose, labelsIn(things, language), language));

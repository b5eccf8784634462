import { afterAll } from 'vitest';
import { openEnvironment } from './environment.ts';
import { admissionJourney } from './way/admission.ts';
import { admissionDecisionsJourney } from './way/admission-decisions.ts';
import { candidateFileJourney } from './way/candidate-file.ts';
import { employmentJourney } from './way/employment.ts';
import { placementJourney } from './way/placement.ts';
import { requirementListsJourney } from './way/requirement-lists.ts';
import { publishedStartJourney, sharedStartJourney } from './way/shared-start.ts';
import { beginStory } from './way/story.ts';

const environment = await openEnvironment();
afterAll(() => environment.close());

/** The way of a candidate, in the order in which it is gone: each part builds on those before. */
const story = beginStory(environment);
candidateFileJourney(story);
requirementListsJourney(story);
sharedStartJourney(story);
admissionJourney(story);
admissionDecisionsJourney(story);
publishedStartJourney(story);
placementJourney(story);
employmentJourney(story);

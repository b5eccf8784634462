import { PlaceOrigin } from '@gruppstart/domain/requirements/place';
import * as z from 'zod';

/**
 * The structured fields of a job ad from Arbetsförmedlingen's open data (JobTech), as far as a place can use them. Read
 * only, never answered: every field but two is optional and loose, because a real ad has many more and one odd field
 * must not cost the others.
 */
export const JobAdConcept = z.looseObject({
  concept_id: z.string().nullish().catch(null),
  id: z.string().nullish().catch(null),
  label: z.string().nullish().catch(null),
});
export type JobAdConcept = z.infer<typeof JobAdConcept>;

export const JobAdDemands = z.looseObject({
  skills: z.array(z.unknown()).catch([]),
  languages: z.array(z.unknown()).catch([]),
  work_experiences: z.array(z.unknown()).catch([]),
  education: z.array(z.unknown()).catch([]),
  education_level: z.array(z.unknown()).catch([]),
});
export type JobAdDemands = z.infer<typeof JobAdDemands>;
const NO_DEMANDS = JobAdDemands.parse({});

const Scope = z.looseObject({ min: z.number().nullish().catch(null), max: z.number().nullish().catch(null) });

/** The names of the stored extracts, and those of JobTech's own search service beside them. */
export const JobAd = z.looseObject({
  id: z.union([z.string(), z.int().transform(String)]).pipe(PlaceOrigin.options[1].shape.adId),
  headline: z.string(),
  occupation: JobAdConcept.nullish().catch(null),
  vacancies: z.number().nullish().catch(null),
  number_of_vacancies: z.number().nullish().catch(null),
  scope: Scope.nullish().catch(null),
  scope_of_work: Scope.nullish().catch(null),
  municipalityCode: z.string().nullish().catch(null),
  workplace_address: z
    .looseObject({ municipality_code: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  drivingLicenceRequired: z.boolean().nullish().catch(null),
  driving_license_required: z.boolean().nullish().catch(null),
  drivingLicence: z.array(z.unknown()).nullish().catch(null),
  driving_license: z.array(z.unknown()).nullish().catch(null),
  mustHave: JobAdDemands.catch(NO_DEMANDS).default(NO_DEMANDS),
  must_have: JobAdDemands.nullish().catch(null),
  niceToHave: JobAdDemands.catch(NO_DEMANDS).default(NO_DEMANDS),
  nice_to_have: JobAdDemands.nullish().catch(null),
});
export type JobAd = z.infer<typeof JobAd>;

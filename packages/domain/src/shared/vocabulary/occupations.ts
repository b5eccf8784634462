import * as z from 'zod';

/** An occupation by its id in JobTech's taxonomy, or `local_…` for municipal titles that the taxonomy lacks. */
export const OccupationId = z
  .string()
  .regex(/^([A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}|local_[a-z0-9-]{2,40})$/)
  .brand<'OccupationId'>();
export type OccupationId = z.infer<typeof OccupationId>;

export interface Occupation {
  readonly id: OccupationId;
  readonly label: string;
  readonly labelEn: string;
  /** Other names under which caseworkers write the same occupation. */
  readonly synonyms: readonly string[];
}

const occupation = (id: string, label: string, labelEn: string, ...synonyms: string[]): Occupation => ({
  id: OccupationId.parse(id),
  label,
  labelEn,
  synonyms,
});

/** Roles in welfare and the occupations people come from. "Serviceassistent" is municipal: the taxonomy has no such name. */
export const OCCUPATIONS: readonly Occupation[] = [
  occupation('local_serviceassistent', 'Serviceassistent', 'Service assistant', 'Enhetsassistent'),
  occupation('4zLr_jP5_peZ', 'Vårdbiträde', 'Care assistant', 'Biträde'),
  occupation('bSEB_VKd_Ub3', 'Undersköterska', 'Assistant nurse', 'Undersköterska, hemtjänst och äldreboende'),
  occupation('EaDK_DwG_ujx', 'Måltidsbiträde', 'Meal assistant'),
  occupation('oRB5_b7i_Qzv', 'Köksbiträde', 'Kitchen assistant'),
  occupation('pKTY_Kwu_sUw', 'Diskare', 'Dishwasher', 'Diskare/Diskplockare'),
  occupation('KF64_AvU_S4N', 'Städare', 'Cleaner', 'Lokalvårdare', 'Städare/Lokalvårdare'),
  occupation('gBcF_mUm_Ruc', 'Sjukhusstädare', 'Hospital cleaner'),
  occupation('rM7G_ge7_XhP', 'Barnskötare', 'Child carer'),
  occupation('Sbzf_iBA_MAS', 'Elevassistent', 'Pupil assistant'),
  occupation('LxhG_of8_eMi', 'Stödassistent', 'Support assistant'),
  occupation('eU1q_zvL_9Rf', 'Personlig assistent', 'Personal assistant'),
  occupation('cRmS_zdM_NEA', 'Skolvaktmästare', 'School caretaker', 'Vaktmästare'),
  occupation('4Y6u_JPp_jas', 'Park- och trädgårdsarbetare', 'Park and garden worker'),
  occupation('local_butikssaljare', 'Butikssäljare', 'Shop assistant'),
  occupation('local_lagerarbetare', 'Lagerarbetare', 'Warehouse worker'),
];

/** A near occupation: who has worked as `from` is credited `percent` of the experience when `to` is asked for. */
export interface NearOccupation {
  readonly from: OccupationId;
  readonly to: OccupationId;
  readonly percent: 75 | 25;
}

const near = (from: string, to: string, percent: 75 | 25): NearOccupation => ({
  from: OccupationId.parse(from),
  to: OccupationId.parse(to),
  percent,
});

/** Substitutability (75 high, 25 low): JobTech taxonomy for the first four; the municipal title is our own judgement. */
export const NEAR_OCCUPATIONS: readonly NearOccupation[] = [
  near('4zLr_jP5_peZ', 'eU1q_zvL_9Rf', 75),
  near('4zLr_jP5_peZ', 'bSEB_VKd_Ub3', 25),
  near('KF64_AvU_S4N', 'gBcF_mUm_Ruc', 75),
  near('oRB5_b7i_Qzv', 'EaDK_DwG_ujx', 25),
  near('KF64_AvU_S4N', 'local_serviceassistent', 75),
  near('EaDK_DwG_ujx', 'local_serviceassistent', 75),
  near('4zLr_jP5_peZ', 'local_serviceassistent', 75),
];

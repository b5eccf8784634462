import * as z from 'zod';

/** A skill by its id in JobTech's taxonomy, or `local_…` where the taxonomy has none. */
export const SkillId = z
  .string()
  .regex(/^([A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}|local_[a-z0-9-]{2,40})$/)
  .brand<'SkillId'>();
export type SkillId = z.infer<typeof SkillId>;

/** 1 lite, 2 bra, 3 mycket bra, 4 expert: how a caseworker or the person states a skill. */
export const SKILL_LEVELS = [1, 2, 3, 4] as const;
export const SkillLevel = z.literal(SKILL_LEVELS);
export type SkillLevel = z.infer<typeof SkillLevel>;

export interface Skill {
  readonly id: SkillId;
  readonly label: string;
  readonly labelEn: string;
}

const skill = (id: string, label: string, labelEn: string): Skill => ({ id: SkillId.parse(id), label, labelEn });

/** The core skills of service work in welfare. Ids: JobTech taxonomy. */
export const SKILLS: readonly Skill[] = [
  skill('C1qR_L83_nzh', 'Basala hygienrutiner', 'Basic hygiene routines'),
  skill('yV9B_PxJ_TxS', 'Sekretess och tystnadsplikt', 'Secrecy and confidentiality'),
  skill('irju_S7Y_Xbr', 'Hjärt- och lungräddning', 'Cardiopulmonary resuscitation'),
  skill('kj4Q_nLh_u8Q', 'Livsmedelshygien', 'Food hygiene'),
  skill('XCMK_vWW_njd', 'Portionering', 'Portioning meals'),
  skill('5fAq_Squ_o7p', 'Bordsservering', 'Serving at table'),
  skill('xgpz_5A1_B2g', 'Städning och diskning, kök', 'Cleaning and dishwashing, kitchen'),
  skill('N9ho_NPL_JBg', 'Hygienstädning', 'Hygienic cleaning'),
  skill('y4sg_zUA_mPz', 'Städning förskola/skola', 'Cleaning, preschool and school'),
  skill('JN6h_juH_8FP', 'Källsortering', 'Sorting waste'),
  skill('2RpU_Wtb_59E', 'Kundbemötande och service', 'Meeting people and service'),
  skill('rVUL_AgV_ZTH', 'Ergonomiskt arbetssätt', 'Ergonomic working'),
  skill('PELm_cH9_AE9', 'Säkert arbetssätt', 'Safe working'),
  skill('Mmxs_Qrv_cpG', 'Sjukvårdssvenska', 'Swedish for care work'),
  skill('hqYJ_jyZ_Ks8', 'Demensvård', 'Dementia care'),
  skill('Yt2Z_1pY_MNz', 'Äldreomsorg', 'Care of the elderly'),
  skill('xowU_8Wu_K7C', 'Hemtjänst', 'Home care'),
  skill('NL17_f8c_AqZ', 'Cykelvana', 'Used to cycling'),
  skill('Nrtm_i4z_aGQ', 'Vårdbiträdesutbildning', 'Care assistant education'),
  skill('rtCg_THP_6Lj', 'Undersköterskeutbildning', 'Assistant nurse education'),
];

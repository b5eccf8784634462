import type { PlaceInput } from '@gruppstart/contracts/routes/requirements-routes';
import type * as z from 'zod';

/** A place as a client sends it: ids are plain text until the API has read them. */
export type SentPlace = z.input<typeof PlaceInput>;
type SentRequirement = SentPlace['requirements'][number];
type Time = SentPlace['workingTimes'][number];

const SERVICE_ASSISTANT = 'local_serviceassistent';
const MEAL_ASSISTANT = 'EaDK_DwG_ujx';
const KITCHEN_ASSISTANT = 'oRB5_b7i_Qzv';
const CLEANER = 'KF64_AvU_S4N';
const CARETAKER = 'cRmS_zdM_NEA';
const CHILD_CARER = 'rM7G_ge7_XhP';

const HYGIENE = 'C1qR_L83_nzh';
const SECRECY = 'yV9B_PxJ_TxS';
const FOOD_HYGIENE = 'kj4Q_nLh_u8Q';
const PORTIONING = 'XCMK_vWW_njd';
const SERVING = '5fAq_Squ_o7p';
const DISHES = 'xgpz_5A1_B2g';
const HYGIENIC_CLEANING = 'N9ho_NPL_JBg';
const SCHOOL_CLEANING = 'y4sg_zUA_mPz';
const SORTING_WASTE = 'JN6h_juH_8FP';
const SERVICE = '2RpU_Wtb_59E';
const DEMENTIA = 'hqYJ_jyZ_Ks8';
const ELDERLY = 'Yt2Z_1pY_MNz';
const HOME_CARE = 'xowU_8Wu_K7C';
const CYCLING = 'NL17_f8c_AqZ';
const ERGONOMICS = 'rVUL_AgV_ZTH';

const learnable = (skillId: string): SentRequirement => ({
  subject: { kind: 'skill', skillId, minLevel: null },
  strength: 'learnable',
});
const wish = (skillId: string): SentRequirement => ({
  subject: { kind: 'skill', skillId, minLevel: null },
  strength: 'wish',
});
const must = (skillId: string, reason: string): SentRequirement => ({
  subject: { kind: 'skill', skillId, minLevel: null },
  strength: 'must',
  reason,
});
const swedish = (minLevel: 'A1' | 'A2' | 'B1' | 'B2', reason: string): SentRequirement => ({
  subject: { kind: 'swedish', minLevel },
  strength: 'must',
  reason,
});
const licenceB = (reason: string): SentRequirement => ({
  subject: { kind: 'licence', licence: 'B' },
  strength: 'must',
  reason,
});
const worked = (occupationId: string): SentRequirement => ({
  subject: { kind: 'experience', occupationId, minYears: 1 },
  strength: 'wish',
});

const DAY: readonly Time[] = ['day'];
const DAY_AND_EVENING: readonly Time[] = ['day', 'evening'];
const DAY_AND_WEEKEND: readonly Time[] = ['day', 'weekend'];

const OPENS_FROM = '2027-01-01';

type Row = readonly [
  title: string,
  occupationId: string,
  seats: number,
  sharePercent: number,
  times: readonly Time[],
  requirements: readonly SentRequirement[],
];

const IN_HOMES = 'Vi möter hyresgäster som behöver kunna förstå vad vi säger';
const WITH_CHILDREN = 'Barnen behöver språkliga förebilder';
const BETWEEN_HOMES = 'Körningen mellan hemmen går inte att lösa på annat sätt';
const ALONE = 'Man arbetar ensam och behöver kunna läsa säkerhetsblad';

const care = [learnable(HYGIENE), learnable(SECRECY)];
const kitchen = [learnable(FOOD_HYGIENE), learnable(HYGIENE)];

const PLACES_OF: Readonly<Record<string, readonly Row[]>> = {
  'unit_aldreboende-solgarden': [
    [
      'Serviceassistent, avdelning Eken',
      SERVICE_ASSISTANT,
      2,
      100,
      DAY,
      [...care, swedish('A2', IN_HOMES), wish(ELDERLY), wish(DEMENTIA)],
    ],
    [
      'Serviceassistent, avdelning Linden',
      SERVICE_ASSISTANT,
      1,
      75,
      DAY,
      [...care, swedish('A2', IN_HOMES), wish(SERVICE)],
    ],
    [
      'Måltidsbiträde, matsalen',
      MEAL_ASSISTANT,
      1,
      100,
      DAY_AND_WEEKEND,
      [...kitchen, wish(SERVING), worked(MEAL_ASSISTANT)],
    ],
    ['Tvätt och linne', SERVICE_ASSISTANT, 1, 50, DAY, [learnable(HYGIENE), wish(ERGONOMICS)]],
  ],
  'unit_aldreboende-bjorkbacken': [
    ['Serviceassistent, plan 1', SERVICE_ASSISTANT, 1, 100, DAY, [...care, swedish('B1', IN_HOMES), wish(ELDERLY)]],
    [
      'Serviceassistent, plan 2',
      SERVICE_ASSISTANT,
      1,
      100,
      DAY_AND_EVENING,
      [...care, swedish('A2', IN_HOMES), wish(DEMENTIA)],
    ],
    ['Måltidsbiträde', MEAL_ASSISTANT, 1, 75, DAY, [...kitchen, wish(PORTIONING), wish(SERVING)]],
  ],
  'unit_hemtjanst-norr': [
    [
      'Serviceinsatser med bil',
      SERVICE_ASSISTANT,
      2,
      100,
      DAY,
      [...care, licenceB(BETWEEN_HOMES), swedish('B1', IN_HOMES), wish(HOME_CARE)],
    ],
    [
      'Serviceinsatser med cykel',
      SERVICE_ASSISTANT,
      1,
      75,
      DAY,
      [...care, must(CYCLING, 'Området nås bara till fots eller med cykel'), wish(HOME_CARE)],
    ],
    [
      'Inköp och apoteksärenden',
      SERVICE_ASSISTANT,
      1,
      50,
      DAY,
      [learnable(SECRECY), licenceB(BETWEEN_HOMES), wish(SERVICE)],
    ],
    ['Tvättrunda', SERVICE_ASSISTANT, 1, 100, DAY, [learnable(HYGIENE), licenceB(BETWEEN_HOMES)]],
  ],
  'unit_hemtjanst-soder': [
    [
      'Serviceinsatser med bil',
      SERVICE_ASSISTANT,
      2,
      100,
      DAY_AND_EVENING,
      [...care, licenceB(BETWEEN_HOMES), swedish('A2', IN_HOMES), wish(HOME_CARE)],
    ],
    [
      'Matdistribution',
      SERVICE_ASSISTANT,
      1,
      75,
      DAY,
      [learnable(FOOD_HYGIENE), licenceB(BETWEEN_HOMES), wish(PORTIONING)],
    ],
    ['Bilvård och tvätt', SERVICE_ASSISTANT, 1, 50, DAY, [learnable(HYGIENE), licenceB('Bilarna ska flyttas')]],
  ],
  'unit_forskola-kotten': [
    [
      'Serviceassistent',
      SERVICE_ASSISTANT,
      1,
      100,
      DAY,
      [learnable(HYGIENE), swedish('A2', WITH_CHILDREN), worked(CHILD_CARER)],
    ],
    ['Kök och städ', MEAL_ASSISTANT, 1, 75, DAY, [...kitchen, wish(SCHOOL_CLEANING)]],
    ['Eftermiddagsstöd', SERVICE_ASSISTANT, 1, 50, DAY, [learnable(SECRECY), swedish('B1', WITH_CHILDREN)]],
  ],
  'unit_forskola-vitsippan': [
    [
      'Serviceassistent',
      SERVICE_ASSISTANT,
      1,
      100,
      DAY,
      [learnable(HYGIENE), swedish('A2', WITH_CHILDREN), wish(SERVICE)],
    ],
    ['Kök och städ', MEAL_ASSISTANT, 1, 100, DAY, [...kitchen, wish(DISHES), wish(SCHOOL_CLEANING)]],
    ['Gård och förråd', CARETAKER, 1, 50, DAY, [wish(SORTING_WASTE)]],
  ],
  'unit_skola-ostra': [
    [
      'Serviceassistent, korridorer och uppehållsrum',
      SERVICE_ASSISTANT,
      2,
      100,
      DAY,
      [swedish('B1', 'Eleverna behöver kunna fråga'), learnable(SECRECY), wish(SERVICE)],
    ],
    [
      'Kopiering och material',
      SERVICE_ASSISTANT,
      1,
      50,
      DAY,
      [swedish('A2', 'Beställningar kommer i text'), wish(SERVICE)],
    ],
    ['Städning', CLEANER, 1, 75, DAY_AND_EVENING, [wish(SCHOOL_CLEANING), wish(HYGIENIC_CLEANING)]],
    ['Vaktmästarhjälp', CARETAKER, 1, 100, DAY, [wish(SORTING_WASTE), wish(ERGONOMICS)]],
  ],
  'unit_fritidshem-ostra': [
    [
      'Serviceassistent',
      SERVICE_ASSISTANT,
      1,
      75,
      DAY,
      [swedish('B1', WITH_CHILDREN), learnable(HYGIENE), worked(CHILD_CARER)],
    ],
    ['Mellanmål', MEAL_ASSISTANT, 1, 50, DAY, [...kitchen, wish(SERVING)]],
  ],
  unit_centralkoket: [
    ['Köksbiträde, disk', KITCHEN_ASSISTANT, 2, 100, DAY, [...kitchen, wish(DISHES)]],
    [
      'Köksbiträde, portionering',
      KITCHEN_ASSISTANT,
      1,
      100,
      DAY_AND_WEEKEND,
      [...kitchen, wish(PORTIONING), worked(KITCHEN_ASSISTANT)],
    ],
    ['Köksbiträde, packning', KITCHEN_ASSISTANT, 1, 75, DAY, [...kitchen]],
    ['Förråd och varumottagning', KITCHEN_ASSISTANT, 1, 100, DAY, [learnable(FOOD_HYGIENE), wish(ERGONOMICS)]],
  ],
  'unit_skolrestaurang-ostra': [
    [
      'Måltidsbiträde, servering',
      MEAL_ASSISTANT,
      1,
      75,
      DAY,
      [...kitchen, swedish('A2', 'Allergikost ska stämmas av muntligt'), wish(SERVING)],
    ],
    ['Måltidsbiträde, disk', MEAL_ASSISTANT, 1, 100, DAY, [...kitchen, wish(DISHES)]],
    ['Salladsbuffé', MEAL_ASSISTANT, 1, 50, DAY, [...kitchen, wish(PORTIONING)]],
  ],
  'unit_lokalvard-centrum': [
    ['Lokalvård, stadshuset', CLEANER, 2, 100, DAY_AND_EVENING, [wish(HYGIENIC_CLEANING), worked(CLEANER)]],
    ['Lokalvård, idrottshallen', CLEANER, 1, 75, DAY_AND_WEEKEND, [wish(HYGIENIC_CLEANING), wish(SORTING_WASTE)]],
    ['Lokalvård, förskolor', CLEANER, 1, 100, DAY, [learnable(HYGIENE), wish(SCHOOL_CLEANING), worked(CLEANER)]],
    ['Fönster och golv', CLEANER, 1, 50, DAY, [wish(ERGONOMICS)]],
  ],
  'unit_fastighet-centrum': [
    ['Vaktmästarhjälp med bil', CARETAKER, 1, 100, DAY, [licenceB(ALONE), swedish('A2', ALONE), wish(SORTING_WASTE)]],
    ['Återvinning', CARETAKER, 1, 75, DAY, [wish(SORTING_WASTE)]],
    ['Möbler och flytt inom huset', CARETAKER, 1, 100, DAY, [wish(ERGONOMICS)]],
  ],
};

/** Forty invented, realistic places. */
export const DEMO_PLACES: readonly SentPlace[] = Object.entries(PLACES_OF).flatMap(([unitId, rows]) =>
  rows.map(([title, occupationId, seats, sharePercent, workingTimes, requirements]) => ({
    unitId,
    title,
    occupationId,
    seats,
    sharePercent,
    workingTimes: [...workingTimes],
    opensFrom: OPENS_FROM,
    requirements: [...requirements],
  })),
);

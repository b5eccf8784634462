import * as z from 'zod';
import { LocalDate } from '../shared/local-date.ts';
import {
  type ComparedGroupCode as Code,
  ComparedGroupCode,
  DIMENSIONS,
  Dimension,
  GROUPS_OF,
  type GroupsOfPerson,
} from './compared-groups.ts';
import { areFew, groupsToHide, SMALLEST_GROUP } from './hidden-groups.ts';
import { RunPurpose } from './run-purpose.ts';

/**
 * The four-fifths rule: a share under 80 percent of the highest is a sign of adverse impact (Uniform Guidelines on
 * Employee Selection Procedures, 29 CFR 1607.4 D, 1978). Swedish law has no figure: diskrimineringslagen (2008:567)
 * 1 kap. 4 § asks whether a neutral criterion puts a group at a particular disadvantage without being justified, and
 * 3 kap. 4–5 §§ ask the employer to look for such risks when recruiting. So an alarm is a reason to look, not a verdict.
 */
export const ALARM_BELOW_PER_MILLE = 800;

const PER_MILLE = 1000;
const Count = z.int().min(0);
const PerMille = z.int().min(0).max(PER_MILLE);

/** Half of them have waited longer. Null: fewer than ten people behind it. */
const MedianDays = Count.nullable();

/** Of a group: how many, how many of them were proposed, that share rounded down, and how long they have waited. */
const Figures = z.strictObject({
  people: Count,
  proposed: Count,
  ratePerMille: PerMille,
  medianWaitDays: z.strictObject({ proposed: MedianDays, notProposed: MedianDays }),
});

export const ComparedGroup = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('shown'),
    group: ComparedGroupCode,
    ...Figures.shape,
    /** The share in proportion to the highest one shown, rounded down; null when nobody shown was proposed. */
    ratioPerMille: PerMille.nullable(),
    /** True under 800. */
    alarm: z.boolean(),
  }),
  /** Fewer than ten people, or hidden so that the few of another group, or of the difference to a run, cannot be told. */
  z.strictObject({ kind: z.literal('too-few'), group: ComparedGroupCode }),
  z.strictObject({ kind: z.literal('nobody'), group: ComparedGroupCode }),
]);
export type ComparedGroup = z.infer<typeof ComparedGroup>;

export const DimensionReport = z.strictObject({
  dimension: Dimension,
  groups: z.array(ComparedGroup),
  /**
   * People who are in none of the groups: without a number, with protected identity, or erased. Always told, since it
   * says how far the report reaches; never compared, since it says nothing of anybody's sex or age.
   */
  unknown: Count,
  alarm: z.boolean(),
});
export type DimensionReport = z.infer<typeof DimensionReport>;

export const FairnessPart = z.strictObject({
  people: Count,
  proposed: Count,
  dimensions: z.array(DimensionReport),
});
export type FairnessPart = z.infer<typeof FairnessPart>;

/**
 * Likabehandlingsrapport: whether a run proposes people of different sex and age alike. Counts, codes and two days of
 * the calendar; there is no field that an id, a name or a date of birth could stand in.
 */
export const FairnessReport = z.strictObject({
  purpose: RunPurpose,
  /** True when any group shown has one, in the run or in the twelve months. */
  alarm: z.boolean(),
  run: FairnessPart,
  twelveMonths: FairnessPart.extend({
    /** First and last day of twelve whole months: the last month before that of the run. */
    from: LocalDate,
    to: LocalDate,
    /** Runs that held for some start. */
    runs: Count,
  }),
});
export type FairnessReport = z.infer<typeof FairnessReport>;

/** One person as counted. */
export interface CountedPerson {
  /** Tells people apart, also between two lists; goes into no report. */
  readonly key: string;
  readonly groups: GroupsOfPerson;
  readonly proposed: boolean;
  /** Null: unknown. */
  readonly waitDays: number | null;
}

/** The middle of the values; of two in the middle, half of their sum, rounded down. Null with too few to hide one in. */
const medianOf = (values: readonly number[]): number | null => {
  if (values.length < SMALLEST_GROUP) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return Math.floor((low + high) / 2);
};

const waitsOf = (people: readonly CountedPerson[], proposed: boolean): readonly number[] =>
  people.flatMap((person) => (person.proposed === proposed && person.waitDays !== null ? [person.waitDays] : []));

const figuresOf = (people: readonly CountedPerson[]): z.infer<typeof Figures> => {
  const proposed = people.filter((person) => person.proposed).length;
  return {
    people: people.length,
    proposed,
    ratePerMille: Math.floor((PER_MILLE * proposed) / people.length),
    medianWaitDays: { proposed: medianOf(waitsOf(people, true)), notProposed: medianOf(waitsOf(people, false)) },
  };
};

/** Whole numbers throughout: rounded down, 799 is under four fifths and 800 is not. */
const ratioPerMille = (own: Pick<GroupFigures, 'people' | 'proposed'>, best: typeof own): number =>
  Math.floor((PER_MILLE * own.proposed * best.people) / (own.people * best.proposed));
type GroupFigures = z.infer<typeof Figures>;

/** How many are in one of the lists only, or proposed in one only. */
const differingOf = (own: readonly CountedPerson[], beside: readonly CountedPerson[]): number => {
  const known = new Map(beside.map(({ key, proposed }) => [key, proposed]));
  const same = own.filter(({ key, proposed }) => known.get(key) === proposed).length;
  const inBoth = own.filter(({ key }) => known.has(key)).length;
  return own.length + beside.length - inBoth - same;
};

const reportOf = (
  dimension: Dimension,
  people: readonly CountedPerson[],
  beside: readonly CountedPerson[] | null,
): DimensionReport => {
  const codes: readonly Code[] = GROUPS_OF[dimension];
  const isKnown = ({ groups }: CountedPerson): boolean => groups[dimension] !== null;
  const members = new Map(codes.map((code) => [code, people.filter(({ groups }) => groups[dimension] === code)]));
  const sizes = codes.map((group) => ({ group, people: members.get(group)?.length ?? 0 }));
  const tellsOfFew = areFew(differingOf(people.filter(isKnown), (beside ?? people).filter(isKnown)));
  const hidden: ReadonlySet<Code> = tellsOfFew ? new Set(codes) : groupsToHide(sizes);
  const shown = sizes.flatMap(({ group, people: count }) =>
    hidden.has(group) || count === 0 ? [] : [[group, figuresOf(members.get(group) ?? [])] as const],
  );
  const best = shown
    .map(([, figures]) => figures)
    .reduce<GroupFigures | null>(
      (top, one) => (top === null || one.proposed * top.people > top.proposed * one.people ? one : top),
      null,
    );
  const figures = new Map(shown);
  const groups = codes.map((group): ComparedGroup => {
    const own = figures.get(group);
    if (own === undefined) return { kind: hidden.has(group) ? 'too-few' : 'nobody', group };
    const ratio = best === null || best.proposed === 0 ? null : ratioPerMille(own, best);
    return {
      kind: 'shown',
      group,
      ...own,
      ratioPerMille: ratio,
      alarm: ratio !== null && ratio < ALARM_BELOW_PER_MILLE,
    };
  });
  return {
    dimension,
    groups,
    unknown: people.filter((person) => !isKnown(person)).length,
    alarm: groups.some((each) => each.kind === 'shown' && each.alarm),
  };
};

/**
 * Compares the groups of each dimension, one dimension at a time: crossed, the groups would be small. `beside` are the
 * people of figures that the reader gets beside these, null where there are none: when one to nine people are counted
 * otherwise there, the difference would tell of them, and no group is shown.
 */
export const compareGroups = (
  people: readonly CountedPerson[],
  beside: readonly CountedPerson[] | null,
): FairnessPart => ({
  people: people.length,
  proposed: people.filter(({ proposed }) => proposed).length,
  dimensions: DIMENSIONS.map((dimension) => reportOf(dimension, people, beside)),
});

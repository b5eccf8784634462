import type { ConstrainedStart, SideConstraint } from '../side-constraints/constrained-start.ts';
import { type PlaceSeats, seatTreeOf } from '../side-constraints/seat-tree.ts';

export interface StartShape {
  readonly candidates: number;
  readonly places: number;
  readonly units: number;
  readonly density: number;
  readonly mostValue: number;
  readonly maxWait: number;
  readonly maxTier: number;
  readonly maxSeats: number;
  /** Share of places whose seats can be shared. */
  readonly sharedShare: number;
  /** Minutes that people may need; one of these per place. */
  readonly needs: readonly number[];
  /** Share of units whose supervisors' time is limited, and about how many of their seats it is enough for. */
  readonly limitedUnitShare: number;
  readonly timeForShare: number;
  readonly apart: number;
  readonly together: number;
  readonly sessions: number;
  /** Share of people who need a session where it is asked. */
  readonly sessionShare: number;
  readonly sessionSeats: number;
  readonly required: number;
  readonly totalSeats: number | null;
}

/** A start with every kind of side constraint mixed in, the same for the same numbers. */
export const randomStart = (random: () => number, shape: StartShape): ConstrainedStart => {
  const { candidates, units, mostValue, sessions, maxSeats } = shape;
  const below = (limit: number): number => Math.floor(random() * limit);
  const unitOfCell: number[] = [];
  const places = Array.from({ length: shape.places }, (): PlaceSeats => {
    const unit = below(units);
    const asked = sessions > 0 && random() < 0.5 ? 1 << below(sessions) : 0;
    const cellsOfOne = () =>
      (asked === 0 ? [0] : [0, asked]).map((mask) => ({ cell: unitOfCell.push(unit) - 1, sessions: mask }));
    const isShared = random() < shape.sharedShare;
    const freeFirst = below(maxSeats + 1);
    return {
      whole: cellsOfOne(),
      halves: isShared ? { first: cellsOfOne(), second: cellsOfOne() } : null,
      freeFirst,
      freeSecond: isShared && random() < 0.3 ? below(maxSeats + 1) : freeFirst,
      unit,
      supervisorMinutes: shape.needs[below(shape.needs.length)] ?? 0,
    };
  });
  const minutesLeft = Array.from({ length: units }, (_, unit) => {
    if (random() >= shape.limitedUnitShare) return null;
    const all = places.filter((place) => place.unit === unit);
    const asked = all.reduce((sum, { freeFirst, supervisorMinutes }) => sum + freeFirst * supervisorMinutes, 0);
    return Math.floor(asked * Math.min(1, shape.timeForShare * (0.5 + random())));
  });
  const sessionSeats = Array.from({ length: sessions }, () => below(shape.sessionSeats + 1));
  const tree = seatTreeOf(unitOfCell.length, places, minutesLeft, sessionSeats);

  const edgeStart = new Int32Array(candidates + 1);
  const edgeCell: number[] = [];
  for (let c = 0; c < candidates; c += 1) {
    let lacks = 0;
    for (let bit = 0; bit < sessions; bit += 1) if (random() < shape.sessionShare) lacks |= 1 << bit;
    for (const { whole, halves } of places) {
      if (random() >= shape.density) continue;
      const kinds = halves === null ? [whole] : [whole, halves.first, halves.second].filter(() => random() < 0.6);
      // Who lacks what a place asks for has the cell that needs the session; the others have the one that does not.
      for (const cells of kinds) edgeCell.push(cells.findLast((each) => (each.sessions & ~lacks) === 0)!.cell);
    }
    edgeStart[c + 1] = edgeCell.length;
  }
  const lots = Array.from({ length: candidates }, (_, index) => ({ index, key: random() }));
  lots.sort((a, b) => a.key - b.key);
  const lotOf = new Int32Array(candidates);
  for (const [lot, { index }] of lots.entries()) lotOf[index] = lot;

  const constraints: SideConstraint[] = [];
  const pairOf = () => {
    const first = below(candidates);
    return { first, second: (first + 1 + below(candidates - 1)) % candidates };
  };
  if (candidates > 1) {
    for (let index = 0; index < shape.apart; index += 1)
      constraints.push({ kind: 'apart', ...pairOf(), from: random() < 0.5 ? 'start' : 'unit' });
    for (let index = 0; index < shape.together; index += 1) constraints.push({ kind: 'together', ...pairOf() });
  }
  constraints.push(...tree.constraints);
  const mustPlace = new Uint8Array(candidates);
  for (let index = 0; index < shape.required; index += 1) mustPlace[below(candidates)] = 1;
  return {
    flow: {
      candidateCount: candidates,
      cellCount: unitOfCell.length,
      edgeStart,
      edgeCell: Int32Array.from(edgeCell),
      edgeValue: Int32Array.from(edgeCell, () => below(mostValue + 1)),
      edgeLot: Uint16Array.from(edgeCell, () => below(4096)),
      mustPlace,
      tiers: Uint8Array.from({ length: candidates }, () => below(shape.maxTier + 1)),
      waitDays: Int32Array.from({ length: candidates }, () => below(shape.maxWait + 1)),
      lots: lotOf,
      nodeParent: tree.nodeParent,
      nodeSeats: tree.nodeSeats,
      totalSeats: shape.totalSeats ?? candidates,
    },
    unitOfCell: Int32Array.from(unitOfCell),
    constraints,
  };
};

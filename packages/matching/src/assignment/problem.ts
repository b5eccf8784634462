import type { Packing, PackingRange } from './packing.ts';

/**
 * People to seats, as numbers. Every solver takes this and answers with an `Assignment`; which one answered must not
 * show, apart from the time it took.
 */
export interface AssignmentProblem {
  readonly candidateCount: number;
  /** A cell: seats of one kind at one place. A place is one cell, or several when a seat can be shared. */
  readonly cellCount: number;
  /** Row c of the sparse edges is edgeStart[c] … edgeStart[c + 1] - 1; a cell occurs at most once in a row. */
  readonly edgeStart: Int32Array;
  readonly edgeCell: Int32Array;
  /** Points, less the price for scarcity and plus any tax: any whole number, also under 0. */
  readonly edgeValue: Int32Array;
  /** The lot that decides between a person's equal places, 0 … 4095. */
  readonly edgeLot: Uint16Array;
  /** 1: to place this person comes before everything else. Only a search over side constraints sets it. */
  readonly mustPlace: Uint8Array;
  /** 0 … 9, the higher first. */
  readonly tiers: Uint8Array;
  /** Days waited, per candidate. */
  readonly waitDays: Int32Array;
  /** The lot that decides between equal people, 0 or more. */
  readonly lots: Int32Array;
  /**
   * The nodes that have seats: 0 … cellCount - 1 are the cells, then come groups of them. The parent of each is a group,
   * or -1 directly under the start, so that limits never overlap in part.
   */
  readonly nodeParent: Int32Array;
  /** The seats of each node: the most people who can be placed in it, its whole subtree together. */
  readonly nodeSeats: Int32Array;
  /** The most people who can be placed in all: the seats of the start. */
  readonly totalSeats: number;
}

export const HIGHEST_TIER = 9;
export const HIGHEST_PAIR_LOT = 4095;

/**
 * What a person, a seat of a node and a seat of the start are worth at the margin, in two parts each: never under 0. A
 * cell costs its own price, those of the groups it is in, and the start's.
 */
export interface DualPrices {
  /** What one of each objective is in these numbers. */
  readonly packing: Packing;
  readonly candidateHigh: Float64Array;
  readonly candidateLow: Float64Array;
  readonly nodeHigh: Float64Array;
  readonly nodeLow: Float64Array;
  readonly startHigh: number;
  readonly startLow: number;
}

export interface Assignment {
  /** Cell per candidate, -1 for none. */
  readonly cellOf: Int32Array;
  readonly prices: DualPrices;
}

/** `range` makes room for values that later rows may have, beside those of the problem. */
export type AssignmentSolver = (problem: AssignmentProblem, range?: PackingRange) => Assignment;

import type { RouteModel } from '../template/model.ts';

/** A route that answers a request, with the values of its path variables. */
export interface RouteMatch {
  readonly route: RouteModel;
  /** Decoded; null when the route has no variables, as the gateway gives it. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** Finds the route for a method and a decoded path; null is the gateway's 404. */
export type RouteMatcher = (method: string, path: string) => RouteMatch | null;

type Segment =
  | { readonly kind: 'static'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'greedy'; readonly name: string };

interface ParsedRoute {
  readonly route: RouteModel;
  readonly method: string;
  readonly segments: readonly Segment[];
}

/**
 * The HTTP API's order: a full match before a match by a greedy variable, before `$default`; among several, the one whose
 * first differing segment is the more exact (text, then variable, then greedy), and only then a named method before ANY.
 * So `GET /units/{id}` never hides `ANY /units/near`.
 */
export function createRouteMatcher(routes: readonly RouteModel[]): RouteMatcher {
  const fallback = routes.find(({ key }) => key === '$default');
  const parsed = routes.filter(({ key }) => key !== '$default').map(parseRoute);
  parsed.sort(compareRoutes);
  return (method, path) => {
    const parts = path.split('/').slice(1);
    for (const candidate of parsed) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const values = matchSegments(candidate.segments, parts);
      if (values === null) continue;
      return { route: candidate.route, pathParameters: Object.keys(values).length === 0 ? null : values };
    }
    return fallback === undefined ? null : { route: fallback, pathParameters: null };
  };
}

function parseRoute(route: RouteModel): ParsedRoute {
  const [method, path] = route.key.split(' ');
  if (method === undefined || path === undefined || !path.startsWith('/'))
    throw new Error(`${route.key} is not a route key`);
  return { route, method, segments: path.split('/').slice(1).map(parseSegment) };
}

function parseSegment(text: string): Segment {
  const name = /^\{(.+)\}$/.exec(text)?.[1];
  if (name === undefined) return { kind: 'static', text };
  return name.endsWith('+') ? { kind: 'greedy', name: name.slice(0, -1) } : { kind: 'variable', name };
}

const EXACTNESS = { static: 0, variable: 1, greedy: 2 } as const;

function compareRoutes(left: ParsedRoute, right: ParsedRoute): number {
  const byGreed = Number(isGreedy(left)) - Number(isGreedy(right));
  if (byGreed !== 0) return byGreed;
  const length = Math.max(left.segments.length, right.segments.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.segments[index];
    const b = right.segments[index];
    // The longer of two greedy routes has the more exact beginning.
    if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
    if (a.kind !== b.kind) return EXACTNESS[a.kind] - EXACTNESS[b.kind];
  }
  return Number(left.method === 'ANY') - Number(right.method === 'ANY');
}

function isGreedy({ segments }: ParsedRoute): boolean {
  return segments.at(-1)?.kind === 'greedy';
}

function matchSegments(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | null {
  const values: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return null;
    switch (segment.kind) {
      case 'static':
        if (part !== segment.text) return null;
        break;
      case 'variable':
        if (part === '') return null;
        values[segment.name] = part;
        break;
      case 'greedy': {
        const rest = parts.slice(index).join('/');
        if (rest === '') return null;
        values[segment.name] = rest;
        return values;
      }
    }
  }
  return segments.length === parts.length ? values : null;
}

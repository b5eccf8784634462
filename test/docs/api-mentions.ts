import { ROUTES } from '@gruppstart/contracts/registry';
import type { Method, Route } from '@gruppstart/contracts/route';
import { codeBlocks } from './markdown.ts';

/** A path of the API as a page writes it. `method` is null where the page names none. */
export interface ApiMention {
  readonly path: string;
  readonly method: Method | null;
}

/** A call as a page shows it for somebody to type. */
export interface ShownCall {
  readonly method: Method;
  readonly path: string;
  readonly query: readonly string[];
  /** Names of headers, lower case. */
  readonly headers: ReadonlySet<string>;
  /** What stands after `-d`, with variables still in it; null when there is no such body. */
  readonly body: string | null;
}

const METHOD = '(?:GET|POST|PUT|PATCH|DELETE)';
const PATH = String.raw`/v1/[\w{}$<>./…-]+`;

const withoutEnd = (path: string): string => path.replace(/[.,]+$/, '');

const isMethod = (text: string): text is Method => new RegExp(`^${METHOD}$`).test(text);

/** Every path in a page, with the methods that stand right before it (`PUT/GET /v1/units/{unitId}`). */
export const apiMentions = (text: string): readonly ApiMention[] =>
  [...text.matchAll(new RegExp(`(${METHOD}(?:/${METHOD})*)?\\s?(${PATH})`, 'g'))].flatMap(
    ([, methods, path]): ApiMention[] => {
      const named = (methods ?? '').split('/').filter(isMethod);
      const mentioned = withoutEnd(path ?? '');
      return named.length === 0
        ? [{ path: mentioned, method: null }]
        : named.map((method) => ({ path: mentioned, method }));
    },
  );

const isPlaceholder = (segment: string): boolean => /[${}<>…]/.test(segment);

/** The declared routes that a written path can mean. A placeholder stands for a parameter, never for a fixed word. */
export const routesFor = (path: string): readonly Route[] => {
  const written = path.split('/');
  return ROUTES.filter((route) => {
    const declared = route.path.split('/');
    return (
      declared.length === written.length &&
      declared.every((part, index) => {
        const segment = written[index] ?? '';
        return part.startsWith('{') ? segment !== '' : part === segment && !isPlaceholder(segment);
      })
    );
  });
};

const methodOf = (call: string): Method => {
  const stated = /(?:-X|--request) (\w+)/.exec(call)?.[1];
  if (stated !== undefined && isMethod(stated)) return stated;
  return /\s(?:-d|-F|--data\S*|--form)\s/.test(call) ? 'POST' : 'GET';
};

const bodyOf = (call: string): string | null => {
  const single = /\s-d '([^']*)'/.exec(call)?.[1];
  if (single !== undefined) return single;
  const double = /\s-d "((?:[^"\\]|\\.)*)"/.exec(call)?.[1];
  return double?.replaceAll('\\"', '"') ?? null;
};

/** The calls in the shell blocks of a page. */
export const shownCalls = (text: string): readonly ShownCall[] =>
  codeBlocks(text, 'sh').flatMap((block) =>
    block
      .split(/(?=\bcurl )/)
      .filter((part) => part.startsWith('curl '))
      .map((call): ShownCall => {
        const [, path = '', query = ''] = new RegExp(`\\$API(${PATH})(?:\\?([^"\\s]*))?`).exec(call) ?? [];
        return {
          method: methodOf(call),
          path: withoutEnd(path),
          query: query === '' ? [] : query.split('&').map((part) => part.split('=')[0] ?? ''),
          headers: new Set([...call.matchAll(/-H ['"]([\w-]+):/g)].map(([, name]) => (name ?? '').toLowerCase())),
          body: bodyOf(call),
        };
      }),
  );

import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const inPlaceOf = (name: string): string => fileURLToPath(new URL(`./in-place-of/${name}.ts`, import.meta.url));

/** Modules that a function never needs, and what stands in their place. Each says there why it can be left out. */
export const SUBSTITUTES: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': inPlaceOf('credential-provider'),
  '@aws-sdk/endpoint-cache': inPlaceOf('endpoint-cache'),
  '@smithy/core/event-streams': inPlaceOf('event-streams'),
};

/**
 * zod hangs a writer of JSON schemas on every schema. The description of the API is written by the build, from the
 * sources; in a function the writer is 18 KiB that nobody calls.
 */
const JSON_SCHEMA_WRITERS = /[/\\]zod[/\\]v4[/\\]core[/\\](?:json-schema-processors|to-json-schema)\.js$/;

/**
 * zod's own English sentences. Our answers are written from the codes, in Swedish and English, and faults are logged
 * without their text; what is left says "Invalid input" and the code.
 */
const ENGLISH_SENTENCES = /[/\\]zod[/\\]v4[/\\]locales[/\\]en\.js$/;

/** A client reads its whole package.json to tell the service its version. */
const CLIENT_PACKAGE = /[/\\]@aws-sdk[/\\]client-[a-z0-9-]+[/\\]package\.json$/;

/** Names and addresses of every region of AWS, in China and for governments too. */
const AWS_PARTITIONS = /[/\\]util-endpoints[/\\]lib[/\\]aws[/\\]partitions\.js$/;

const EXPORTED = /^export (?:async )?(?:const|function) (\w+)|^export \{ \w+ as (\w+) \};/gmu;

/** The same exports, each refusing to be called. Throws when a new version of the library writes its exports otherwise. */
export const refusingModule = (source: string, name: string): string => {
  const names = [...source.matchAll(EXPORTED)].map((match) => match[1] ?? match[2]);
  const exports = source.match(/^export /gmu)?.length ?? 0;
  if (names.length === 0 || names.length !== exports) {
    throw new Error(`${name}: ${names.length} of ${exports} exports were recognised`);
  }
  const refusal = `() => { throw new Error(${JSON.stringify(`${name} is left out of the bundles`)}); }`;
  return `const refuse = ${refusal};\nexport { ${names.map((each) => `refuse as ${each}`).join(', ')} };\n`;
};

/**
 * Classes that are imported for a case that never comes: SHA-256 in JavaScript, for a Node without its own; the
 * rate limiter of the adaptive way to retry, which nobody has asked for; headers of signed event streams.
 */
const UNUSED_CLASSES =
  /[/\\]@smithy[/\\](?:core[/\\]dist-es[/\\]submodules[/\\](?:checksum[/\\]sha256[/\\]Sha256Js|retry[/\\]util-retry[/\\]DefaultRateLimiter)|signature-v4[/\\]dist-es[/\\]HeaderFormatter)\.js$/;

const CLASS = /^export class (\w+)[^{]*\{\n([\s\S]*?)^\}/gmu;
const METHOD = /^ {4}(?:static )?(?:async )?(\w+)\(/gmu;

/** The exported classes, which can be made and whose methods refuse. Throws when the file exports anything else. */
export const refusingClasses = (source: string, name: string): string => {
  const classes = [...source.matchAll(CLASS)].map(([, className, body]) => {
    const methods = [...(body ?? '').matchAll(METHOD)].map((match) => match[1] ?? '');
    const refusing = [...new Set(methods)].filter((method) => method !== 'constructor');
    return `export class ${className} { ${refusing.map((method) => `${method} = refuse;`).join(' ')} }\n`;
  });
  const exports = source.match(/^export /gmu)?.length ?? 0;
  if (classes.length === 0 || classes.length !== exports) {
    throw new Error(`${name}: ${classes.length} of ${exports} exports are classes`);
  }
  const refusal = `() => { throw new Error(${JSON.stringify(`${name} is left out of the bundles`)}); }`;
  return `const refuse = ${refusal};\n${classes.join('')}`;
};

/** A client writes out a class of twelve lines for every error that its service can answer, all of one pattern. */
const CLIENT_ERRORS = /[/\\]@aws-sdk[/\\]client-[a-z0-9-]+[/\\]dist-es[/\\]models[/\\]errors\.js$/;

const ERROR_CLASS =
  /^export class (\w+) extends __BaseException \{\n {4}static shapeId = "([\w.]+)#\1";\n {4}name = "\1";\n {4}\$fault = "(client|server)";\n((?: {4}\w+;\n)*) {4}constructor\(opts\) \{\n {8}super\(\{\n {12}name: "\1",\n {12}\$fault: "\3",\n {12}\.\.\.opts,\n {8}\}\);\n {8}Object\.setPrototypeOf\(this, \1\.prototype\);\n((?: {8}this\.\w+ = opts\.\w+;\n)*) {4}\}\n\}$/gmu;

const MAKE_ERROR_CLASS = `const make = (space, name, fault, ...fields) => class Fault extends __BaseException {
  static shapeId = space + '#' + name;
  name = name;
  $fault = fault;
  constructor(opts) {
    super({ name, $fault: fault, ...opts });
    Object.setPrototypeOf(this, Fault.prototype);
    for (const field of fields) this[field] = opts[field];
  }
};`;

/** The same classes, made by one function. A class that is not of the pattern to the letter stays as it is. */
export const shortErrorClasses = (source: string): string => {
  const short = source.replaceAll(ERROR_CLASS, (_, name: string, space: string, fault: string, fields: string) => {
    const words = [space, name, fault, ...fields.matchAll(/\w+/gu)].map((word) => `'${word}'`);
    return `export const ${name} = make(${words.join(', ')});`;
  });
  return short === source ? source : `${MAKE_ERROR_CLASS}\n${short}`;
};

interface Partition {
  readonly id: string;
  readonly regions: object;
}

/** The ordinary partition alone, whose regions are known by their pattern; our region is one of them. */
export const ordinaryPartition = (source: string): string => {
  const [, written] = /^export const partitionsInfo = (\{[\s\S]*\});\s*$/u.exec(source) ?? [];
  if (written === undefined) throw new Error('The list of AWS partitions is not written as it was');
  const info: { readonly partitions: readonly Partition[] } = JSON.parse(written);
  const partitions = info.partitions.filter(({ id }) => id === 'aws').map((each) => ({ ...each, regions: {} }));
  if (partitions.length !== 1) throw new Error('The list of AWS partitions does not have the ordinary one');
  return `export const partitionsInfo = ${JSON.stringify({ ...info, partitions })};`;
};

/** Leaves out of the libraries what no function uses, or says once what they say a hundred times. */
export const leaveOut: Plugin = {
  name: 'leave-out',
  setup(build) {
    build.onLoad({ filter: JSON_SCHEMA_WRITERS }, async ({ path }) => ({
      contents: refusingModule(await readFile(path, 'utf8'), 'The writer of JSON schemas'),
      loader: 'js',
    }));
    build.onLoad({ filter: ENGLISH_SENTENCES }, () => ({
      contents: 'export default () => ({ localeError: () => undefined });',
      loader: 'js',
    }));
    build.onLoad({ filter: UNUSED_CLASSES }, async ({ path }) => ({
      contents: refusingClasses(await readFile(path, 'utf8'), basename(path, '.js')),
      loader: 'js',
    }));
    build.onLoad({ filter: CLIENT_ERRORS }, async ({ path }) => ({
      contents: shortErrorClasses(await readFile(path, 'utf8')),
      resolveDir: dirname(path),
      loader: 'js',
    }));
    build.onLoad({ filter: AWS_PARTITIONS }, async ({ path }) => ({
      contents: ordinaryPartition(await readFile(path, 'utf8')),
      loader: 'js',
    }));
    build.onLoad({ filter: CLIENT_PACKAGE }, async ({ path }) => {
      const { version }: { readonly version: string } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

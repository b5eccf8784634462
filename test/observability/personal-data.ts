/** What gives a person away, by kind. A finding says the kind and never the datum. */
export const DATUM_KINDS = [
  'name',
  'personal-number',
  'phone',
  'e-mail',
  'birth-date',
  'postcode',
  'token',
  'planted-text',
] as const;
export type DatumKind = (typeof DATUM_KINDS)[number];

/** What is known of invented people. What has a form of its own (numbers, addresses) is found without being known. */
export interface KnownPeople {
  readonly givenNames: ReadonlySet<string>;
  readonly familyNames: ReadonlySet<string>;
  /** In digits alone, with and without the century, and also those that no checksum would give away. */
  readonly personalNumbers: ReadonlySet<string>;
  /** In digits alone, as written within the country. */
  readonly phones: ReadonlySet<string>;
  /** Five digits: those of people with protected identity. */
  readonly protectedPostcodes: ReadonlySet<string>;
  /** Texts put into requests on purpose. */
  readonly planted: readonly string[];
}

const isLuhn = (tenDigits: string): boolean => {
  const sum = [...tenDigits].reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
};

/** Ten or twelve digits that a person can have: a day (of a coordination number: 60 more) and a right last digit. */
export const isPersonalNumber = (digits: string): boolean => {
  if (digits.length === 12 && !/^(?:18|19|20)/.test(digits)) return false;
  if (digits.length !== 10 && digits.length !== 12) return false;
  const ten = digits.slice(-10);
  const [month, day] = [Number(ten.slice(2, 4)), Number(ten.slice(4, 6)) % 60];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && isLuhn(ten);
};

/** Digits in groups, as people write numbers: no letter and no other number may touch them. */
const NUMBERS = /(?<![\p{L}\d_.]|\d:)\+?\d(?:[ \u00a0+–-]?\d){4,13}(?![\p{L}\d_]|[.,]\d)/gu;
/** Addresses in the texts of refusals, which show how one is written. */
const EXAMPLE_ADDRESSES = ['namn@exempel.se', 'name@example.se'];
const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/u;
const TOKEN = /\beyJ[\w-]{8,}\.[\w-]{8,}|\bBearer\s+[\w-]{16,}/;
/** Nobody's working life begins before this, and nothing of ours has happened then. */
const BIRTH_DATE = /(?<![\p{L}\d_-])(?:19\d\d|200\d|201[0-2])-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])/u;
const WORD = /\p{L}+(?:[-’']\p{L}+)*/gu;
/** A shorter name is also a word, or what a bundler calls a variable; it is found next to the other one. */
const SHORTEST_LONE_NAME = 4;

const isPhone = (written: string, digits: string, known: KnownPeople): boolean => {
  const national = digits.replace(/^(?:00)?46(?=[1-9])/, '0');
  if (known.phones.has(national)) return true;
  const hasPrefix = written.startsWith('+46') || digits.startsWith('0046');
  if (hasPrefix) return national.length >= 8 && national.length <= 11;
  return /^07[02369]\d{7}$/.test(national) || /^0\d{1,3}[ –-]\d[\d ]{5,}$/.test(written);
};

const kindsOfNumbers = (text: string, known: KnownPeople): readonly DatumKind[] =>
  [...text.matchAll(NUMBERS)].flatMap(([written]): DatumKind[] => {
    const digits = written.replaceAll(/\D/g, '');
    if (known.personalNumbers.has(digits) || isPersonalNumber(digits)) return ['personal-number'];
    if (isPhone(written, digits, known)) return ['phone'];
    return known.protectedPostcodes.has(digits) ? ['postcode'] : [];
  });

const capitalized = (name: string): string =>
  name.toLocaleLowerCase('sv').replaceAll(/(?<!\p{L})\p{L}/gu, (first) => first.toLocaleUpperCase('sv'));

const hasName = (text: string, { givenNames, familyNames }: KnownPeople): boolean => {
  const words = [...text.matchAll(WORD)].map(([word]) => word);
  return words.some((word, index) => {
    const name = capitalized(word);
    const next = capitalized(words[index + 1] ?? '');
    if ((givenNames.has(name) && familyNames.has(next)) || (familyNames.has(name) && givenNames.has(next))) return true;
    // Alone, it counts as people write it: small letters are anybody's word.
    const asWritten = word === name || word === word.toLocaleUpperCase('sv');
    return word.length >= SHORTEST_LONE_NAME && asWritten && (familyNames.has(name) || givenNames.has(name));
  });
};

const decodedFrom = (text: string, part: RegExp, decode: (written: string) => string): string | null => {
  const decoded = text.replaceAll(part, (written) => {
    try {
      return decode(written);
    } catch {
      return written;
    }
  });
  return decoded === text ? null : decoded;
};

/** Text that has been wrapped in base64, such as a body in a gateway's event. */
const fromBase64 = (written: string): string => {
  const decoded = Buffer.from(written, 'base64').toString('utf8');
  const readable = decoded.replaceAll(/[^\p{L}\p{N}\p{P}\p{Zs}\n\r\t;|=+<>]/gu, '');
  return readable.length > decoded.length * 0.9 ? ` ${decoded} ` : written;
};

/** The text as it stands, and with what JSON, an address or a gateway has wrapped it in taken off. */
const layersOf = (text: string): readonly string[] => {
  const layers = [
    decodedFrom(text, /\\u[\da-f]{4}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(2), 16))),
    decodedFrom(text, /(?:%[\da-f]{2})+/gi, decodeURIComponent),
    decodedFrom(text, /[\w+/-]{16,}={0,2}/g, fromBase64),
  ].filter((layer) => layer !== null);
  return [text, ...layers];
};

/** Ids of ours and of the platform: chance may put anything into them. */
const IDS = [
  /\b[a-z]+_[0-9a-z]{26}\b/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/g,
  /"(?:correlationId|apigw-requestid)":"[\w-]{15}="/g,
  /\b[0-9a-f]{64}\b/g,
];

/** Which kinds of personal data a text holds, each once. */
export const personalDataIn = (text: string, known: KnownPeople): readonly DatumKind[] => {
  const withoutExamples = EXAMPLE_ADDRESSES.reduce((rest, address) => rest.replaceAll(address, '#'), text);
  const withoutIds = IDS.reduce((rest, id) => rest.replaceAll(id, '#'), withoutExamples);
  const found = new Set<DatumKind>();
  for (const layer of layersOf(withoutIds)) {
    for (const kind of kindsOfNumbers(layer, known)) found.add(kind);
    if (EMAIL.test(layer)) found.add('e-mail');
    if (BIRTH_DATE.test(layer)) found.add('birth-date');
    if (TOKEN.test(layer)) found.add('token');
    if (hasName(layer, known)) found.add('name');
    const small = layer.toLocaleLowerCase('sv');
    if (known.planted.some((planted) => small.includes(planted.toLocaleLowerCase('sv')))) found.add('planted-text');
  }
  return DATUM_KINDS.filter((kind) => found.has(kind));
};

/** Twelve invented units of a municipality of Söderhamn's size. Ids are those of the demo users' grants. */
export interface DemoUnit {
  readonly id: string;
  readonly name: string;
  readonly field: 'care' | 'preschool' | 'school' | 'kitchen' | 'cleaning' | 'property';
  readonly postcode: string;
  /** User name of the unit manager who states its places. */
  readonly manager: string;
}

const SODERHAMN = '2182';
export const DEMO_MUNICIPALITY_CODE = SODERHAMN;

const MARIA = 'maria.enhetschef';
const PETER = 'peter.enhetschef';
const LENA = 'lena.enhetschef';

export const DEMO_UNITS: readonly DemoUnit[] = [
  {
    id: 'unit_aldreboende-solgarden',
    name: 'Äldreboendet Solgården',
    field: 'care',
    postcode: '82630',
    manager: MARIA,
  },
  {
    id: 'unit_aldreboende-bjorkbacken',
    name: 'Äldreboendet Björkbacken',
    field: 'care',
    postcode: '82650',
    manager: MARIA,
  },
  { id: 'unit_hemtjanst-norr', name: 'Hemtjänsten Norr', field: 'care', postcode: '82631', manager: MARIA },
  { id: 'unit_hemtjanst-soder', name: 'Hemtjänsten Söder', field: 'care', postcode: '82640', manager: MARIA },
  { id: 'unit_forskola-kotten', name: 'Förskolan Kotten', field: 'preschool', postcode: '82630', manager: PETER },
  { id: 'unit_forskola-vitsippan', name: 'Förskolan Vitsippan', field: 'preschool', postcode: '82650', manager: PETER },
  { id: 'unit_skola-ostra', name: 'Östra skolan', field: 'school', postcode: '82631', manager: PETER },
  { id: 'unit_fritidshem-ostra', name: 'Östra fritidshemmet', field: 'school', postcode: '82631', manager: PETER },
  { id: 'unit_centralkoket', name: 'Centralköket', field: 'kitchen', postcode: '82640', manager: LENA },
  {
    id: 'unit_skolrestaurang-ostra',
    name: 'Östra skolrestaurangen',
    field: 'kitchen',
    postcode: '82631',
    manager: LENA,
  },
  { id: 'unit_lokalvard-centrum', name: 'Lokalvården Centrum', field: 'cleaning', postcode: '82630', manager: LENA },
  { id: 'unit_fastighet-centrum', name: 'Fastighet Centrum', field: 'property', postcode: '82630', manager: LENA },
];

/** Invented minutes by car between postcode areas. */
const CAR_MINUTES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '82630': { '82630': 5, '82631': 7, '82640': 16, '82650': 21 },
  '82631': { '82630': 7, '82631': 5, '82640': 14, '82650': 23 },
  '82640': { '82630': 16, '82631': 14, '82640': 6, '82650': 31 },
  '82650': { '82630': 21, '82631': 23, '82640': 31, '82650': 6 },
  '82693': { '82630': 28, '82631': 30, '82640': 22, '82650': 38 },
};

/** A bus that one has to wait for takes about so much longer; from the countryside some units have no bus in time. */
const busMinutes = (from: string, to: string, car: number): number | null =>
  from === '82693' && to === '82650' ? null : Math.round(car * 1.7) + 8;

export interface DemoTravelTime {
  readonly postcode: string;
  readonly unitId: string;
  readonly carMinutes: number;
  readonly busMinutes: number | null;
}

export const DEMO_TRAVEL_TIMES: readonly DemoTravelTime[] = Object.entries(CAR_MINUTES).flatMap(([postcode, to]) =>
  DEMO_UNITS.flatMap((unit): DemoTravelTime[] => {
    const carMinutes = to[unit.postcode];
    if (carMinutes === undefined) return [];
    return [{ postcode, unitId: unit.id, carMinutes, busMinutes: busMinutes(postcode, unit.postcode, carMinutes) }];
  }),
);

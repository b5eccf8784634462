import * as z from 'zod';

/** What kind of work a unit does and a person wishes for. */
export const FIELDS_OF_WORK = ['care', 'preschool', 'school', 'kitchen', 'cleaning', 'property'] as const;
export const FieldOfWork = z.enum(FIELDS_OF_WORK);
export type FieldOfWork = z.infer<typeof FieldOfWork>;

/** The one Swedish name of each, as caseworkers write it under Önskemål. */
export const FIELD_LABELS: Readonly<Record<FieldOfWork, { readonly sv: string; readonly en: string }>> = {
  care: { sv: 'vård och omsorg', en: 'care' },
  preschool: { sv: 'förskola', en: 'preschool' },
  school: { sv: 'skola', en: 'school' },
  kitchen: { sv: 'kök och måltid', en: 'kitchen and meals' },
  cleaning: { sv: 'städ', en: 'cleaning' },
  property: { sv: 'fastighet', en: 'property' },
};

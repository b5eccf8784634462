/** An invented person whom hostile requests speak of, in every place where text can be put. Nobody in a file has the name. */
export const HOSTILE = {
  givenName: 'Hjördis',
  familyName: 'Blåklint',
  name: 'Hjördis Blåklint',
  personalNumber: '19850709-9805',
  email: 'hjordis.blaklint@example.se',
  phone: '070-987 65 43',
  birthDate: '1985-07-09',
} as const;

/** All of it in one text; and what of it a header or an address can carry as it is. */
export const HOSTILE_TEXT = Object.values(HOSTILE).join(', ');
export const HOSTILE_ASCII = `Hjordis Blaklint ${HOSTILE.personalNumber} ${HOSTILE.email} ${HOSTILE.phone}`;
/** One word that would pass for an id. */
export const HOSTILE_WORD = `Hjordis.Blaklint-${HOSTILE.personalNumber}`;

import { ProgrammeTemplate, type SessionKind } from './programme-template.ts';

type Marks = { readonly skillId?: string; readonly mandatory?: true; readonly recommended?: true };

const session = (start: string, end: string, kind: SessionKind, sv: string, en: string, marks: Marks = {}) => ({
  start,
  end,
  title: { sv, en },
  kind,
  skillId: marks.skillId ?? null,
  mandatory: marks.mandatory ?? false,
  recommended: marks.recommended ?? false,
  seats: null,
});

/**
 * The two-week introduction that a tenant starts from: ten course days of 08:30-15:00 with an hour's lunch. A proposal
 * of the product, put together from what municipalities say that their introductions contain; no public plan day by
 * day was found. Mandatory are basic hygiene, secrecy and fire safety; cardiopulmonary resuscitation is recommended.
 * Skill ids: JobTech taxonomy.
 */
export const DEFAULT_PROGRAMME: ProgrammeTemplate = ProgrammeTemplate.parse({
  id: 'introduction-2026',
  name: { sv: 'Introduktion till arbete i välfärden', en: 'Introduction to work in welfare' },
  validFrom: '2026-01-01',
  validTo: null,
  lunch: { start: '11:30', end: '12:30' },
  days: [
    {
      sessions: [
        session(
          '08:30',
          '09:30',
          'information',
          'Välkommen: gruppen, målen och schemat',
          'Welcome: the group, the goals and the timetable',
        ),
        session(
          '09:45',
          '11:30',
          'workplace',
          'Så fungerar en arbetsplats: tider, sjukanmälan, kläder och mobil',
          'How a workplace works: hours, reporting sick, clothes and phones',
        ),
        session(
          '12:30',
          '15:00',
          'information',
          'Kommunen som arbetsgivare, Resurscentrum och din handledare',
          'The municipality as employer, the resource centre and your supervisor',
        ),
      ],
    },
    {
      sessions: [
        session(
          '08:30',
          '11:30',
          'employment-terms',
          'Anställning, lön, skatt, avtal och semester',
          'Employment, wages, tax, agreements and holidays',
        ),
        session(
          '12:30',
          '14:00',
          'employment-terms',
          'Facket, skyddsombudet och samverkan',
          'The union, the safety representative and co-determination',
        ),
        session(
          '14:00',
          '15:00',
          'work-environment',
          'Arbetsmiljö: så mår vi bra på jobbet',
          'Work environment: how we keep well at work',
        ),
      ],
    },
    {
      sessions: [
        session(
          '08:30',
          '11:30',
          'hygiene',
          'Basala hygienrutiner: webbutbildning och övning',
          'Basic hygiene routines: online course and practice',
          { skillId: 'C1qR_L83_nzh', mandatory: true },
        ),
        session('12:30', '15:00', 'hygiene', 'Livsmedelshygien', 'Food hygiene', { skillId: 'kj4Q_nLh_u8Q' }),
      ],
    },
    {
      sessions: [
        session(
          '08:30',
          '10:30',
          'secrecy',
          'Sekretess, tystnadsplikt och sociala medier',
          'Secrecy, confidentiality and social media',
          { skillId: 'yV9B_PxJ_TxS', mandatory: true },
        ),
        session('10:45', '11:30', 'conduct', 'Värdegrund: den enskilde bestämmer', 'Values: the person decides'),
        session('12:30', '15:00', 'conduct', 'Bemötande och likabehandling', 'Meeting people and equal treatment', {
          skillId: '2RpU_Wtb_59E',
        }),
      ],
    },
    {
      sessions: [
        session('08:30', '15:00', 'study-visit', 'Studiebesök 1: äldreboende', 'Study visit 1: a home for the elderly'),
      ],
    },
    {
      sessions: [
        session('08:30', '11:30', 'fire-safety', 'Brandskydd med praktisk övning', 'Fire safety with practice', {
          mandatory: true,
        }),
        session('12:30', '15:00', 'first-aid', 'Hjärt-lungräddning', 'Cardiopulmonary resuscitation', {
          skillId: 'irju_S7Y_Xbr',
          recommended: true,
        }),
      ],
    },
    {
      sessions: [
        session(
          '08:30',
          '11:30',
          'ergonomics',
          'Ergonomi och hjälpmedel i servicearbete',
          'Ergonomics and aids in service work',
          { skillId: 'rVUL_AgV_ZTH' },
        ),
        session(
          '12:30',
          '15:00',
          'trade',
          'Städteknik, tvätt och kemikalier',
          'Cleaning technique, laundry and chemicals',
          { skillId: 'N9ho_NPL_JBg' },
        ),
      ],
    },
    {
      sessions: [
        session(
          '08:30',
          '11:30',
          'digital',
          'Digitala verktyg: e-post, tidrapport, e-legitimation och schema',
          'Digital tools: e-mail, time reports, e-identification and rota',
        ),
        session('12:30', '15:00', 'language', 'Yrkessvenska', 'Swedish at work', { skillId: 'Mmxs_Qrv_cpG' }),
      ],
    },
    {
      sessions: [
        session(
          '08:30',
          '15:00',
          'study-visit',
          'Studiebesök 2: förskola, skola eller kök',
          'Study visit 2: a preschool, a school or a kitchen',
        ),
      ],
    },
    {
      sessions: [
        session(
          '08:30',
          '11:30',
          'unit-meeting',
          'Träffa enhetschefen och handledaren på arbetsplatsen',
          'Meet the unit manager and the supervisor at the workplace',
        ),
        session(
          '12:30',
          '14:00',
          'individual-talk',
          'Din plan: så kom förslaget till och så går vi vidare',
          'Your plan: how the proposal came about and what comes next',
        ),
        session('14:00', '15:00', 'information', 'Intyg och avslut', 'Certificates and closing'),
      ],
    },
  ],
});

/** Ads written for the demo, in the shape in which the platform for job ads gives them. */
export const DEMO_ADS = [
  {
    id: 'demo-1001',
    headline: 'Måltidsbiträde till Äldreboendet Solgården',
    occupation: { id: 'EaDK_DwG_ujx', label: 'Måltidsbiträde' },
    scope: { min: 75, max: 100 },
    vacancies: 2,
    municipalityCode: '2182',
    drivingLicenceRequired: false,
    drivingLicence: null,
    mustHave: {
      skills: [{ concept_id: 'kj4Q_nLh_u8Q', label: 'Livsmedelshygien', weight: 10 }],
      languages: [{ concept_id: 'zSLA_vw2_FXN', label: 'Svenska', weight: 10 }],
      work_experiences: [],
      education: [],
    },
    niceToHave: {
      skills: [{ concept_id: '5fAq_Squ_o7p', label: 'Bordsservering', weight: 5 }],
      languages: [],
      work_experiences: [{ concept_id: 'EaDK_DwG_ujx', label: 'Måltidsbiträde', weight: 5 }],
      education: [],
    },
  },
  {
    id: 'demo-1002',
    headline: 'Lokalvårdare till kommunens lokaler',
    occupation: { id: 'KF64_AvU_S4N', label: 'Städare/Lokalvårdare' },
    scope: { min: 100, max: 100 },
    vacancies: 1,
    municipalityCode: '2182',
    drivingLicenceRequired: true,
    drivingLicence: [{ id: 'VTK8_WRx_GcM', label: 'B' }],
    mustHave: { skills: [], languages: [], work_experiences: [], education: [] },
    niceToHave: {
      skills: [{ concept_id: 'N9ho_NPL_JBg', label: 'Hygienstädning', weight: 5 }],
      languages: [],
      work_experiences: [],
      education: [],
    },
  },
  {
    id: 'demo-1003',
    headline: 'Köksbiträde till Centralköket, halvtid',
    occupation: { id: 'oRB5_b7i_Qzv', label: 'Köksbiträde' },
    scope: { min: 50, max: 50 },
    vacancies: 1,
    municipalityCode: '2182',
    drivingLicenceRequired: false,
    drivingLicence: null,
    mustHave: {
      skills: [{ concept_id: 'xgpz_5A1_B2g', label: 'Städning och diskning, kök', weight: 10 }],
      languages: [],
      work_experiences: [{ concept_id: 'oRB5_b7i_Qzv', label: 'Köksbiträde', weight: 10 }],
      education: [],
    },
    niceToHave: { skills: [], languages: [], work_experiences: [], education: [] },
  },
] as const;

/** Which unit each ad becomes a place of, and what its manager states when confirming. */
export const DEMO_AD_UNITS = [
  { adId: 'demo-1001', unitId: 'unit_aldreboende-solgarden', seats: 1 },
  { adId: 'demo-1002', unitId: 'unit_lokalvard-centrum', seats: 1 },
  { adId: 'demo-1003', unitId: 'unit_centralkoket', seats: 1 },
] as const;

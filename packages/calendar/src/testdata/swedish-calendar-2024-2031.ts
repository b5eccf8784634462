/**
 * Red days, eves and klämdagar 2024-2031, one a line: date, kind, Swedish name. Kept as plain rows, worked out apart
 * from the rules under test, so that the rules are held against dates somebody can look up.
 */
export const SWEDISH_CALENDAR_2024_TO_2031 = `
2024-01-01 red Nyårsdagen
2024-01-06 red Trettondedag jul
2024-03-29 red Långfredagen
2024-03-30 eve Påskafton
2024-03-31 red Påskdagen
2024-04-01 red Annandag påsk
2024-05-01 red Första maj
2024-05-09 red Kristi himmelsfärdsdag
2024-05-10 bridge Klämdag
2024-05-19 red Pingstdagen
2024-06-06 red Sveriges nationaldag
2024-06-07 bridge Klämdag
2024-06-21 eve Midsommarafton
2024-06-22 red Midsommardagen
2024-11-02 red Alla helgons dag
2024-12-23 bridge Klämdag
2024-12-24 eve Julafton
2024-12-25 red Juldagen
2024-12-26 red Annandag jul
2024-12-27 bridge Klämdag
2024-12-30 bridge Klämdag
2024-12-31 eve Nyårsafton
2025-01-01 red Nyårsdagen
2025-01-06 red Trettondedag jul
2025-04-18 red Långfredagen
2025-04-19 eve Påskafton
2025-04-20 red Påskdagen
2025-04-21 red Annandag påsk
2025-05-01 red Första maj
2025-05-02 bridge Klämdag
2025-05-29 red Kristi himmelsfärdsdag
2025-05-30 bridge Klämdag
2025-06-06 red Sveriges nationaldag
2025-06-08 red Pingstdagen
2025-06-20 eve Midsommarafton
2025-06-21 red Midsommardagen
2025-11-01 red Alla helgons dag
2025-12-24 eve Julafton
2025-12-25 red Juldagen
2025-12-26 red Annandag jul
2025-12-31 eve Nyårsafton
2026-01-01 red Nyårsdagen
2026-01-02 bridge Klämdag
2026-01-05 bridge Klämdag
2026-01-06 red Trettondedag jul
2026-04-03 red Långfredagen
2026-04-04 eve Påskafton
2026-04-05 red Påskdagen
2026-04-06 red Annandag påsk
2026-05-01 red Första maj
2026-05-14 red Kristi himmelsfärdsdag
2026-05-15 bridge Klämdag
2026-05-24 red Pingstdagen
2026-06-06 red Sveriges nationaldag
2026-06-19 eve Midsommarafton
2026-06-20 red Midsommardagen
2026-10-31 red Alla helgons dag
2026-12-24 eve Julafton
2026-12-25 red Juldagen
2026-12-26 red Annandag jul
2026-12-31 eve Nyårsafton
2027-01-01 red Nyårsdagen
2027-01-06 red Trettondedag jul
2027-03-26 red Långfredagen
2027-03-27 eve Påskafton
2027-03-28 red Påskdagen
2027-03-29 red Annandag påsk
2027-05-01 red Första maj
2027-05-06 red Kristi himmelsfärdsdag
2027-05-07 bridge Klämdag
2027-05-16 red Pingstdagen
2027-06-06 red Sveriges nationaldag
2027-06-25 eve Midsommarafton
2027-06-26 red Midsommardagen
2027-11-06 red Alla helgons dag
2027-12-24 eve Julafton
2027-12-25 red Juldagen
2027-12-26 red Annandag jul
2027-12-31 eve Nyårsafton
2028-01-01 red Nyårsdagen
2028-01-06 red Trettondedag jul
2028-01-07 bridge Klämdag
2028-04-14 red Långfredagen
2028-04-15 eve Påskafton
2028-04-16 red Påskdagen
2028-04-17 red Annandag påsk
2028-05-01 red Första maj
2028-05-25 red Kristi himmelsfärdsdag
2028-05-26 bridge Klämdag
2028-06-04 red Pingstdagen
2028-06-05 bridge Klämdag
2028-06-06 red Sveriges nationaldag
2028-06-23 eve Midsommarafton
2028-06-24 red Midsommardagen
2028-11-04 red Alla helgons dag
2028-12-24 eve Julafton
2028-12-25 red Juldagen
2028-12-26 red Annandag jul
2028-12-31 eve Nyårsafton
2029-01-01 red Nyårsdagen
2029-01-06 red Trettondedag jul
2029-03-30 red Långfredagen
2029-03-31 eve Påskafton
2029-04-01 red Påskdagen
2029-04-02 red Annandag påsk
2029-04-30 bridge Klämdag
2029-05-01 red Första maj
2029-05-10 red Kristi himmelsfärdsdag
2029-05-11 bridge Klämdag
2029-05-20 red Pingstdagen
2029-06-06 red Sveriges nationaldag
2029-06-22 eve Midsommarafton
2029-06-23 red Midsommardagen
2029-11-03 red Alla helgons dag
2029-12-24 eve Julafton
2029-12-25 red Juldagen
2029-12-26 red Annandag jul
2029-12-31 eve Nyårsafton
2030-01-01 red Nyårsdagen
2030-01-06 red Trettondedag jul
2030-04-19 red Långfredagen
2030-04-20 eve Påskafton
2030-04-21 red Påskdagen
2030-04-22 red Annandag påsk
2030-05-01 red Första maj
2030-05-30 red Kristi himmelsfärdsdag
2030-05-31 bridge Klämdag
2030-06-06 red Sveriges nationaldag
2030-06-07 bridge Klämdag
2030-06-09 red Pingstdagen
2030-06-21 eve Midsommarafton
2030-06-22 red Midsommardagen
2030-11-02 red Alla helgons dag
2030-12-23 bridge Klämdag
2030-12-24 eve Julafton
2030-12-25 red Juldagen
2030-12-26 red Annandag jul
2030-12-27 bridge Klämdag
2030-12-30 bridge Klämdag
2030-12-31 eve Nyårsafton
2031-01-01 red Nyårsdagen
2031-01-06 red Trettondedag jul
2031-04-11 red Långfredagen
2031-04-12 eve Påskafton
2031-04-13 red Påskdagen
2031-04-14 red Annandag påsk
2031-05-01 red Första maj
2031-05-02 bridge Klämdag
2031-05-22 red Kristi himmelsfärdsdag
2031-05-23 bridge Klämdag
2031-06-01 red Pingstdagen
2031-06-06 red Sveriges nationaldag
2031-06-20 eve Midsommarafton
2031-06-21 red Midsommardagen
2031-11-01 red Alla helgons dag
2031-12-24 eve Julafton
2031-12-25 red Juldagen
2031-12-26 red Annandag jul
2031-12-31 eve Nyårsafton
`;

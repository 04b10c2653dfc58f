/** What tests draw is drawn alike in every run, so that what has failed fails again; `npm test -- --seed N` draws other things. */
export const SEED = Number(process.env['TICKERLAKE_TEST_SEED'] ?? 1)

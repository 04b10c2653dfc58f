/** Of the function that merges, MB: what `infra/cost` counts with as well. */
export const COMPACTOR_MEMORY_MB = 2048

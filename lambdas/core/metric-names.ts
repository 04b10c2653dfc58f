/** CloudWatch namespace of the numbers that the functions write down; dashboard and alarms read it. */
export const METRICS_NAMESPACE = 'Tickerlake'

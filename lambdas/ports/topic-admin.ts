/** A topic's shape, as far as a deployment decides it. */
export interface TopicShape {
  readonly partitions: number
  readonly retentionMs: number
}

/** Looks at topics, makes and changes them. There is no verb for deleting one. */
export interface TopicAdmin {
  describe(topic: string): Promise<TopicShape | undefined>
  /** False where somebody else has made it in between. */
  create(topic: string, shape: TopicShape & { readonly replicas: number }): Promise<boolean>
  grow(topic: string, partitions: number): Promise<void>
  keepFor(topic: string, retentionMs: number): Promise<void>
  close(): Promise<void>
}

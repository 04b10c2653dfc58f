/**
 * How a group shares its partitions out. A group needs one protocol that all members know, so the names of Java's default
 * and of kafkajs's are offered; whichever wins, any assignment by the group's leader is a valid one, and ours is Java's range.
 */
import type { GroupPartitionsAssigner } from '@platformatic/kafka'

export const GROUP_PROTOCOLS = ['range', 'RoundRobinAssigner', 'roundrobin'].map((name) => ({ name, version: 0 }))

type Assigned = ReturnType<GroupPartitionsAssigner>[number]

/** Of each topic, the members that subscribe it get ranges of partitions in the order of their ids. */
export const rangeAssigner: GroupPartitionsAssigner = (_leader, members, topics, metadata) => {
  const shares = new Map<string, Assigned>()
  for (const memberId of [...members.keys()].toSorted()) shares.set(memberId, { memberId, assignments: new Map() })
  for (const topic of [...topics].toSorted()) {
    const takers = [...shares.values()].filter(({ memberId }) => members.get(memberId)?.topics?.includes(topic))
    const ranges = rangesOf(metadata.topics.get(topic)?.partitionsCount ?? 0, takers.length)
    for (const [i, { assignments }] of takers.entries()) {
      const partitions = ranges[i] ?? []
      if (partitions.length > 0) assignments.set(topic, { topic, partitions: [...partitions] })
    }
  }
  return [...shares.values()]
}

/** The first ones are longer by one where the division leaves something. */
function rangesOf(partitions: number, members: number): readonly (readonly number[])[] {
  const [least, rest] = [Math.floor(partitions / members), partitions % members]
  return Array.from({ length: members }, (_, i) => {
    const start = i * least + Math.min(i, rest)
    return Array.from({ length: least + (i < rest ? 1 : 0) }, (__, n) => start + n)
  })
}

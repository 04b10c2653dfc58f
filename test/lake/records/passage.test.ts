import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Passage } from '../../../lake/records/passage.ts'

function viewOf(text: string): DataView {
  const bytes = Uint8Array.from(Buffer.from(text, 'latin1'))
  return new DataView(bytes.buffer)
}

test('a passage of any length is found where it stands, and not where any one of its bytes is another', () => {
  for (let length = 4; length <= 70; length++) {
    const text = Array.from({ length }, (_, i) => String.fromCharCode(0x23 + (i % 60))).join('')
    const passage = Passage.of(text)
    assert.ok(passage.isAt(viewOf(`..${text}.`), 2, length + 2), `${length}`)
    assert.ok(!passage.isAt(viewOf(`..${text}.`), 2, length + 1), `${length}, beyond the end`)
    for (let at = 0; at < length; at++) {
      for (const other of ['~', '\u0000', '\u00ff']) {
        const changed = `..${text.slice(0, at)}${other}${text.slice(at + 1)}.`
        assert.ok(!passage.isAt(viewOf(changed), 2, length + 2), `${length}, byte ${at}`)
      }
    }
  }
})

test('a passage that is set anew is the new one alone', () => {
  const passage = Passage.of('a long passage, of several times eight bytes')
  passage.set(viewOf('..short..'), { from: 2, to: 7 })

  assert.ok(passage.isAt(viewOf('short'), 0, 5))
  assert.ok(!passage.isAt(viewOf('shorn'), 0, 5))
})

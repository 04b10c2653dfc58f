/** What a text says as JSON; undefined, which no JSON says, where it is none. Node's own error would quote the text, secrets too. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

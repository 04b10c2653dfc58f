/** The page's questions to its server. */
import type { Shell } from '../api.ts'

/** What the server refused, in its own sentence. */
export class Refused extends Error {}

/** Of `GET /api/…`; the browser's cache keeps what has not changed. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answerOf<T>(await reached(fetch(path, signal ? { signal } : {})))
}

/** Of `POST /api/…`, with the token of this run. */
export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json', 'x-tickerlake-token': noted('token') }
  return answerOf<T>(
    await reached(fetch(path, { method: 'POST', headers, body: JSON.stringify(body), ...(signal && { signal }) })),
  )
}

async function reached(asked: Promise<Response>): Promise<Response> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refused('The dashboard does not answer any more. Start it again: npm run dashboard')
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  const { error } = (await response.json()) as { readonly error?: string }
  throw new Refused(error ?? `The dashboard answered ${response.status}.`)
}

/** Whose lake it is, as the server has written it into the page. */
export function shellOfPage(): Shell {
  return JSON.parse(noted('shell')) as Shell
}

function noted(name: 'shell' | 'token'): string {
  return document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? ''
}

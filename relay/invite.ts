/** `start.js invite`: another single-use link to the desk, beside a relay that runs or not. */
import { Role } from '../shared/grant/roles.ts';
import type { Config } from './config.ts';
import { loadAuthority } from './people/community-key.ts';
import { CommunityPeople } from './people/people.ts';
import { openSqlite } from './storage/open-sqlite.ts';

export async function invite(config: Config): Promise<string> {
  const authority = await loadAuthority(config.data);
  const storage = await openSqlite(config.data);
  try {
    const people = new CommunityPeople({ storage, authority, now: Date.now });
    return inviteLink(
      config.publicUrl ?? `http://localhost:${config.port}`,
      await people.invite(Role.helper),
    );
  } finally {
    await storage.close();
  }
}

/** The code is in the fragment: no server sees it, no log keeps it. */
export const inviteLink = (url: string, code: string): string => `${url}/desk/#invite=${code}`;

/** The command line as a person types it, beside a relay that runs and one that does not. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Command, CommanderError } from 'commander';
import { type Asked, pathOf } from '../../shared/api/route/ask.ts';
import type { Route } from '../../shared/api/route/route.ts';
import type { ResponseOf } from '../../shared/api/route/shapes.ts';
import { readConfig } from '../config.ts';
import { Role } from '../../shared/grant/roles.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';
import { commandLine } from './command-line.ts';
import { OfficeError, callOffice } from './office-connection.ts';
import { markIds } from './typed-ids.ts';
import { officePath } from '../http/office-socket.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a command made of the process's code: read in a call, for the compiler remembers what was assigned. */
const exitCodeSet = (): number => Number(process.exitCode ?? 0);

const unasked = (): Promise<never> => Promise.reject(new Error('not asked for'));

describe('the command line', () => {
  let data: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'comptoir-cli-'));
  });
  after(() => rm(data, { recursive: true, force: true }));

  const run = (...args: readonly string[]): Promise<Ran> => runOn(data, ...args);
  const runOn = (folder: string, ...args: readonly string[]): Promise<Ran> =>
    new Promise((resolve) => {
      const env = { ...process.env, COMPTOIR_DATA: folder, COMPTOIR_PORT: '1' };
      execFile(
        process.execPath,
        [join(import.meta.dirname, '../start.js'), ...args],
        { env },
        (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });

  /** The same in this process: what the parser, a command and the office of a running relay do with it. */
  const runHere = async (folder: string, ...args: readonly string[]): Promise<Ran> => {
    let [out, err] = ['', ''];
    const program = commandLine({
      start: unasked,
      call: (route, asked) => callOffice(readConfig({ COMPTOIR_DATA: folder }), route, asked),
      write: (text) => void (out += text),
      remark: (text) => void (err += text),
      folder: { backUp: unasked, verify: unasked, restore: unasked },
      examine: unasked,
    });
    const hear = (command: Command): void => {
      command.exitOverride().configureOutput({
        writeOut: (text) => void (out += text),
        writeErr: (text) => void (err += text),
      });
      command.commands.forEach(hear);
    };
    hear(program);
    const { exitCode } = process;
    process.exitCode = undefined;
    try {
      await program.parseAsync(markIds(['node', 'comptoir', ...args]));
      return { code: exitCodeSet(), out, err };
    } catch (error) {
      if (error instanceof CommanderError) return { code: error.exitCode, out, err };
      if (!(error instanceof OfficeError)) throw error;
      return { code: 1, out, err: `${err}${error.message}\n` };
    } finally {
      process.exitCode = exitCode;
    }
  };

  it('tells what it can do', async () => {
    const { code, out } = await run('--help');
    assert.equal(code, 0);
    for (const name of ['doctor', 'invite', 'invitations', 'members', 'role', 'block', 'space'])
      assert.match(out, new RegExp(`^  ${name}\\b`, 'm'));
    assert.match((await runHere(data, 'invite', '--help')).out, /--role <role>/);
  });

  it('says what is wrong, and changes nothing', async () => {
    const wrong = await run('invite', '--role', 'king');
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /Allowed choices are helper/);
    const unknown = await runHere(data, 'dance');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /there is no command "dance"/);
    const days = await runHere(data, 'invite', '--days', 'many');
    assert.match(days.err, /'many' is invalid.*A number is expected, such as 7/);
    const nobody = await run('role', 'Nobody', 'helper');
    assert.deepEqual(
      [nobody.code, nobody.err],
      [1, 'No member is called "Nobody": see "members".\n'],
    );
  });

  it('keeps every file of the folder to its user', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'comptoir-modes-'));
    await chmod(fresh, 0o755);
    const own = join(fresh, 'data');
    assert.equal((await runOn(own, 'invite')).code, 0);
    const modes = await Promise.all(
      ['.', ...(await readdir(own))].map(async (name) => [
        name,
        ((await stat(join(own, name))).mode & 0o077).toString(8),
      ]),
    );
    assert.ok(modes.some(([name]) => name === 'community.key'));
    assert.deepEqual(
      modes.filter(([, others]) => others !== '0'),
      [],
    );
    await rm(fresh, { recursive: true });
  });

  it('works on the folder while no relay runs, and through the relay while one does', async () => {
    const first = await run('invite', '--role', 'expert', '--topic', 'Paint', '--note', 'for Ana');
    assert.match(first.out, /^http\S+\/desk\/#invite=[\w-]{22}\n$/, 'the link alone');
    assert.match(
      first.err,
      /^It lets one expert \(all spaces\) in, once, until \d{4}-\d\d-\d\d\.$/m,
    );

    await using test = await startTestRelay({ data });
    const here = (...args: readonly string[]): Promise<Ran> => runHere(data, ...args);
    const community = test.relay.core.authority.fingerprint;
    assert.equal((await stat(officePath(data))).mode & 0o777, 0o600);
    await assert.rejects(startTestRelay({ data }), /is in use: a relay runs on it/);
    const identity = new TestIdentity();
    assert.equal(
      (await redeem(test.url, community, identity, first.out.trim(), 'Ana')).status,
      200,
    );
    assert.match((await run('invitations')).out, /\tused\texpert\t.*for Ana/);
    assert.match((await here('members')).out, /\tAna\texpert\tall spaces/);

    const device = await TestDevice.connect(test.socketUrl, community, { identity });
    assert.equal((await here('role', 'Ana', 'staff')).code, 0);
    await device.until(() => device.closed !== null, 'at once');
    const { members } = test.relay;
    assert.equal((await members.list(false, { most: 1 })).items[0]?.role, Role.staff);

    const visitor = await TestDevice.connect(test.socketUrl, community);
    const told = visitor.next('welcome');
    const blocked = await here('block', '--device', visitor.identity.key, '--hours', '2');
    assert.ok((await told).blockedUntil > Date.now());
    const [names, made = ''] = blocked.out.split('\n');
    assert.equal(names, 'block\twhat\twhom\thow long\treason');
    const [id = ''] = made.split('\t');
    assert.match((await here('blocks')).out, new RegExp(`^${id}\\tdevice`, 'm'));
    assert.equal((await here('unblock', id)).code, 0);
    assert.match(
      (await here('block', '--address', '203.0.113.7')).out,
      /\taddress\tIPv4 \/32\t.*\n0 other people wrote from there this week\. It holds for everybody who writes from there, but not for those who answer at the desk\.\n/,
    );
    assert.match((await here('block', '--address', '127.0.0.1', '--look')).out, /^\d other p/);
    assert.match((await here('block', '--device', visitor.identity.key, '--look')).out, /nobody/);
    assert.doesNotMatch(
      (await here('blocks')).out,
      new RegExp(visitor.identity.key),
      'only looked',
    );
    assert.equal((await here('space', 'demo', '--mode', 'open')).code, 0);
    assert.match((await here('spaces')).out, /^space\tmode\tname\tattributes\ndemo\topen/);
  });

  it('makes a space, says what it is, and changes it language by language', async () => {
    await using _test = await startTestRelay({ data });
    const here = (...args: readonly string[]): Promise<Ran> => runHere(data, ...args);
    const missing = await here('space', 'paint');
    assert.deepEqual(
      [missing.code, missing.err],
      [1, 'There is no space "paint": see "spaces", or make it with --new --name <text>.\n'],
    );
    assert.match((await here('space', 'paint', '--new')).err, /^A new space needs a name/);
    const french = ['--name', 'Peinture', '--charter', 'Un.\nDeux.', '--suggestion'];
    const made = await here(
      'space',
      'paint',
      '--new',
      ...french,
      'Combien de couches ?',
      '--suggestion',
      'Quel blanc ?',
    );
    assert.equal(
      made.out,
      'Made: embed it with space="paint", invite for it with invite --space paint.\n',
    );
    assert.match(
      (await here('space', 'paint', '--new', '--name', 'X')).err,
      /a space “paint” already/,
    );
    const english = ['space', 'paint', '--lang', 'en'];
    assert.equal((await here(...english, '--name', 'Paint', '--suggestion', 'Coats?')).code, 0);
    assert.equal(
      (await here('space', 'paint')).out,
      [
        'what\tlanguage\ttext',
        'mode\t\tclosed',
        'name\tfr\tPeinture',
        'name\ten\tPaint',
        'charter\tfr\tUn. Deux.',
        'suggestion\tfr\tCombien de couches ?',
        'suggestion\ten\tCoats?',
        'suggestion\tfr\tQuel blanc ?',
        '',
      ].join('\n'),
    );
    assert.equal((await here('space', 'paint', '--contacts', 'links')).code, 0);
    assert.match((await here('space', 'paint')).out, /^contacts\t\tlinks$/m);
    assert.equal((await here('space', 'paint', '--contacts', 'text')).code, 0);
    assert.doesNotMatch((await here('space', 'paint')).out, /contacts/);
    assert.equal((await here('space', 'paint', '--publish', 'before')).code, 0);
    assert.match((await here('space', 'paint')).out, /^publish\t\tbefore$/m);
    assert.equal((await here('space', 'paint', '--publish', 'after')).code, 0);
    assert.doesNotMatch((await here('space', 'paint')).out, /publish/);
    assert.equal((await here('space', 'paint', '--charter', '', '--suggestion', 'none')).code, 0);
    assert.doesNotMatch((await here('space', 'paint')).out, /charter|suggestion/);
    assert.match((await here('invite', '--space', 'paint')).out, /#invite=/);
  });

  it('makes rules of the filter, brings a file of them in and out, and tries a text', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-words-'));
    t.after(() => rm(folder, { recursive: true }));
    await using _test = await startTestRelay({ data: folder });
    const words = (...args: readonly string[]): Promise<Ran> => runHere(folder, 'words', ...args);
    const { out: id } = await words('add', 'tournevis*', '--kind', 'other');
    assert.match(id, /^[0-9a-f]{10}\n$/);
    const tried = await words('try', 'Des tournevis et un pique-nique');
    assert.equal(tried.out, `refuse\naction\tkind\tfound\trule\nrefuse\tother\ttournevis\t${id}`);
    const file = join(folder, 'rules.txt');
    await writeFile(
      file,
      '\ufeff# ours\r\nflag scam evil.example\nallow tournevis plat\nmarteau\n*\n',
    );
    const brought = await words('import', file, '--flag');
    assert.equal(brought.out, '*\tA star stands before or after a word.\n3 rules\n');
    assert.equal(
      (await words('export')).out,
      'flag scam evil.example\nflag other marteau\nallow other tournevis plat\nrefuse other tournevis*\n',
    );
    assert.equal((await words('try', 'Un tournevis plat')).out, 'ok\n');
    assert.equal((await words('remove', id.trim())).code, 0);
    assert.equal((await words('try', 'Un tournevis')).out, 'ok\n');
    assert.equal((await words('set', 'phone', 'refuse')).code, 0);
    assert.match((await words('settings')).out, /^phone\trefuse\teverywhere$/m);
    assert.equal((await words('set', 'phone', 'default')).code, 0);
    assert.match((await words('settings')).out, /^phone\tflag\tdefault$/m);
    assert.match(
      (await words('set', 'telephone', 'off')).err,
      /No list and no guard is called that/,
    );
    assert.match((await words('add', '*')).err, /A star stands before or after a word/);
    assert.match((await words('add', 'x', '--flag', '--allow')).err, /Either --allow or --flag/);
    const one = join(folder, 'one.txt');
    await writeFile(one, 'scie\n');
    assert.equal((await words('import', one)).out, '1 rule\n');
  });

  it('tells the audit, verifies and exports it, and gives and takes rights', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-audit-'));
    t.after(() => rm(folder, { recursive: true }));
    await using _test = await startTestRelay({ data: folder });
    const on = (...args: readonly string[]): Promise<Ran> => runHere(folder, ...args);
    const id = '-'.padEnd(22, 'A');
    assert.equal((await on('give-right', id, 'space-manager', '--space', 'demo')).code, 0);
    assert.match((await on('rights')).out, new RegExp(`^${id}\\t\\tspace-manager\\tdemo$`, 'm'));
    assert.equal((await on('take-right', id, 'space-manager')).code, 0);
    const { out } = await on('audit', 'list', '--target', `member:${id}`, '--by', 'operator');
    const acts = out.split('\n').map((line) => line.split('\t')[3]);
    assert.deepEqual(acts, ['act', 'right-taken', 'right-given', undefined]);
    const end = /elsewhere: (\S+)/.exec((await on('audit', 'verify')).out)?.[1] ?? '';
    const lines = (await on('audit', 'export')).out.trimEnd().split('\n');
    assert.equal(`2:${(JSON.parse(lines.at(-1) ?? '') as { hash: string }).hash}`, end);
    assert.equal((await on('audit', 'verify', '--end', end)).code, 0);
    const cut = await on('audit', 'verify', '--end', `9${end}`);
    assert.deepEqual([cut.code, /lines were taken out or changed/.test(cut.out)], [1, true]);
    assert.match(
      (await on('decide-notice', 'N-AAAA-AAAA', 'upheld', 'Hidden.')).err,
      /There is no such notice/,
    );
  });

  it('takes ids and keys that begin with a dash for what they are', async () => {
    for (const start of ['-', '--', '-h', '-s']) {
      const id = start.padEnd(22, 'A');
      const key = start.padEnd(43, 'A');
      const photo = `/photos/${id}`;
      assert.deepEqual(await asks('role', id, 'visitor', '-s', 'demo'), [`/members/${id}`]);
      assert.deepEqual(await asks('remove-device', id, key), [
        `/members/${id}/remove-device`,
        { device: key },
      ]);
      assert.deepEqual(await asks('show-photo', id), [`${photo}/show`]);
      assert.deepEqual(await asks('refuse-photo', id), [`${photo}/refuse`]);
      assert.deepEqual(await asks('block', '--device', key), ['/blocks', { device: key }]);
      assert.deepEqual(await asks('block', '-m', id), ['/blocks', { member: id }]);
      const look = `/block-reach?addressesOf=${id}`;
      assert.deepEqual(await asks('block', '--addresses-of', id, '--look'), [look]);
      const made = await asks('block', '--addresses-of', id);
      assert.deepEqual(made, [look, '/blocks', { addressesOf: id }]);
    }
    const key = '-'.padEnd(43, 'A');
    const blocked = await run('block', '--device', key);
    assert.match(blocked.out, new RegExp(`\\tdevice\\t${key}\\t`));
  });

  /** What the office is asked: the path, and the body without what was not given. */
  async function asks(...args: readonly string[]): Promise<unknown[]> {
    const asked: unknown[] = [];
    const program = commandLine({
      start: unasked,
      call: <R extends Route>(route: R, given: Asked<R>) => {
        asked.push(pathOf(route, given).replace('/api/office', ''));
        const { body } = given as { readonly body?: unknown };
        if (route.method === 'POST' && body) asked.push(JSON.parse(JSON.stringify(body)));
        return Promise.resolve([] as unknown as ResponseOf<R>);
      },
      write: () => {},
      remark: () => {},
      folder: { backUp: unasked, verify: unasked, restore: unasked },
      examine: unasked,
    });
    await program.exitOverride().parseAsync(markIds(['node', 'comptoir', ...args]));
    return asked;
  }

  it('lets a relay start again on a folder whose relay was killed', async () => {
    await writeFile(officePath(data), ''); // what is left of it answers nobody
    await using test = await startTestRelay({ data });
    assert.ok(test.relay.port > 0);
  });
});

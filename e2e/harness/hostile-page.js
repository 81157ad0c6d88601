// A page whose scripts have replaced what the language and the browser give: the worst of old libraries,
// polyfills and trackers at once. It runs before everything else on that page. What it replaces works for
// everybody but the widget, and fails at once for it, so that whatever the widget leans on shows.
(() => {
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const NativeError = Error;
  const NativeProxy = Proxy;
  const { exec } = RegExp.prototype;
  const { split } = String.prototype;
  const HERE = /hostile-page\.js/;
  const WIDGET = /\/(?:assets\/)?comptoir[\w-]*\.js/;

  /** Whether the function that was called was called by the widget's files, not by somebody they call. */
  const byWidget = () => {
    const lines = apply(split, new NativeError().stack, ['\n']);
    for (let at = 1; at < lines.length; at++) {
      const line = lines[at];
      if (apply(exec, HERE, [line])) continue;
      return apply(exec, WIDGET, [line]) !== null;
    }
    return false;
  };
  const told = (window.hostileTold = []);
  const fail = (name) => {
    told[told.length] = name;
    throw new NativeError(`the page replaced ${name}`);
  };

  const SKIP = {
    constructor: 1,
    prototype: 1,
    caller: 1,
    callee: 1,
    arguments: 1,
    length: 1,
    name: 1,
  };
  function replaceMethods(owner, path) {
    for (const key of ownKeys(owner)) {
      if (SKIP[key] === 1) continue;
      const there = getOwnPropertyDescriptor(owner, key);
      if (!there.configurable && !there.writable) continue;
      if (typeof there.value !== 'function' || /^[A-Z]/.test(String(key))) continue;
      const native = there.value;
      const name = `${path}.${String(key)}`;
      const replaced = {
        [key](...given) {
          if (byWidget()) fail(name);
          return apply(native, this, given);
        },
      }[key];
      defineProperty(owner, key, { ...there, value: replaced });
    }
  }

  const LANGUAGE = [
    'Object',
    'Function',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'Promise',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'RegExp',
    'Date',
    'Error',
    'ArrayBuffer',
    'Uint8Array',
    'DataView',
    'Iterator',
  ];
  const BROWSER = [
    'URL',
    'URLSearchParams',
    'TextEncoder',
    'TextDecoder',
    'AbortController',
    'AbortSignal',
    'Blob',
    'Headers',
    'Response',
    'Request',
    'SubtleCrypto',
    'Crypto',
    'IDBFactory',
    'IDBDatabase',
    'IDBObjectStore',
    'IDBTransaction',
    'BroadcastChannel',
    'LockManager',
    'WebSocket',
    'Storage',
    'MutationObserver',
    'ResizeObserver',
    'Performance',
  ];
  const FUNCTIONS = [
    'fetch',
    'setTimeout',
    'setInterval',
    'queueMicrotask',
    'structuredClone',
    'atob',
    'btoa',
    'requestIdleCallback',
  ];
  const found = [...LANGUAGE, ...BROWSER].map((name) => [name, window[name]]);
  const iterators = [
    ['ArrayIterator', Object.getPrototypeOf([][Symbol.iterator]())],
    ['MapIterator', Object.getPrototypeOf(new Map()[Symbol.iterator]())],
    ['SetIterator', Object.getPrototypeOf(new Set()[Symbol.iterator]())],
    ['StringIterator', Object.getPrototypeOf(''[Symbol.iterator]())],
    ['TypedArray', Object.getPrototypeOf(Uint8Array)],
    ['TypedArray.prototype', Object.getPrototypeOf(Uint8Array.prototype)],
  ];
  const rest = [['JSON', JSON], ['Math', Math], ['Reflect', Reflect], ['Intl', Intl], ...iterators];
  for (const [name, thing] of found) {
    if (thing.prototype) replaceMethods(thing.prototype, `${name}.prototype`);
    replaceMethods(thing, name);
  }
  for (const [name, thing] of rest) replaceMethods(thing, name);
  for (const name of FUNCTIONS) {
    const native = window[name];
    window[name] = function (...given) {
      if (byWidget()) fail(name);
      return apply(native, this ?? window, given);
    };
  }
  for (const name of [...LANGUAGE, ...BROWSER]) {
    const native = window[name];
    const replaced = new NativeProxy(native, {
      construct(target, given, made) {
        if (byWidget()) fail(`new ${name}`);
        return construct(target, given, made);
      },
      apply(target, self, given) {
        if (byWidget()) fail(`${name}()`);
        return apply(target, self, given);
      },
    });
    defineProperty(window, name, { value: replaced, writable: true, configurable: true });
  }
  // As old libraries left them: seen by every for…in, and by JSON.
  Object.assign(Object.prototype, { extended: true });
  Object.assign(Array.prototype, { toJSON: () => '[]' });
})();

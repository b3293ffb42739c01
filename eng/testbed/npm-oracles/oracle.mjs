// Answers each line of JSON by one: what another implementation makes of it.
import { constants, sign } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import { parseDictionary, parseItem, parseList, serializeDictionary, serializeItem, serializeList } from 'structured-headers';

// A secret is the hexadecimal text of its bytes; any other key is PEM.
const keyOf = ({ key, alg }) => (alg === 'hmac-sha256' ? Buffer.from(key, 'hex') : key);

function signerOf(task) {
  if (task.alg !== 'rsa-pss-sha512') return createSigner(keyOf(task), task.alg, task.keyid);
  const signing = { key: task.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };
  return { id: task.keyid, alg: task.alg, sign: async (data) => sign('sha512', data, signing) };
}

async function answer(task) {
  switch (task.do) {
    case 'verify': {
      const key = { id: task.keyid, algs: [task.alg], verify: createVerifier(keyOf(task), task.alg) };
      return { valid: await httpbis.verifyMessage({ keyLookup: async () => key }, task.message, task.request) };
    }
    case 'sign': {
      const signed = await httpbis.signMessage(
        { key: signerOf(task), name: 'theirs', fields: task.fields, params: ['created', 'keyid', 'alg', 'nonce'], paramValues: { nonce: task.nonce } },
        task.message, task.request);
      return { headers: signed.headers };
    }
    case 'field': {
      const [parse, serialize] = { item: [parseItem, serializeItem], list: [parseList, serializeList], dictionary: [parseDictionary, serializeDictionary] }[task.type];
      return { field: serialize(parse(task.field)) };
    }
    default:
      throw new Error(`unknown task: ${task.do}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let result;
  try {
    result = await answer(JSON.parse(line));
  } catch (error) {
    result = { error: String(error.message) };
  }
  console.log(JSON.stringify(result));
}

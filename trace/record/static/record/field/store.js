// What the phone keeps: the draft, and what waits to be sent. Photos lie here as files (IndexedDB).

const NAME = "fengtu-field";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "user" });
      request.result.createObjectStore("entries", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// One transaction on one store; resolves with the answer once it is safely on disk.
async function within(store, mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const draftOf = (user) => within("drafts", "readonly", (store) => store.get(user));
export const keepDraft = (draft) => within("drafts", "readwrite", (store) => store.put(draft));
export const dropDraft = (user) => within("drafts", "readwrite", (store) => store.delete(user));
export const keepEntry = (entry) => within("entries", "readwrite", (store) => store.put(entry));
export const dropEntry = (key) => within("entries", "readwrite", (store) => store.delete(key));

// The entries of one person, oldest first: a phone may be shared.
export async function entriesOf(user) {
  const all = await within("entries", "readonly", (store) => store.getAll());
  return all.filter((entry) => entry.user === user).sort((a, b) => a.made - b.made);
}

package dev.berth.registry.scan.generation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Index files in memory: those that were asked for lately, as long as there is room. One is loaded
 * at a time, so that several scans that begin at once take no more.
 */
final class LoadedFiles {

  private record Loaded(Object index, long weight) {}

  private final Map<String, Loaded> files = new LinkedHashMap<>(16, 0.75f, true);
  private final long most;
  private long weight;

  /**
   * @param most bytes of heap for what is kept
   */
  LoadedFiles(long most) {
    this.most = most;
  }

  /** A third of the heap, which the scans share with what they find. */
  static LoadedFiles ofThisProcess() {
    return new LoadedFiles(Runtime.getRuntime().maxMemory() / 3);
  }

  /**
   * @param key of the object: what is in it never changes
   * @param size in bytes
   * @param load reads it; its failure is thrown, and forgotten
   */
  synchronized <T> T get(String key, long size, Class<T> type, Supplier<T> load) {
    Loaded loaded = files.get(key);
    if (loaded == null) {
      loaded = new Loaded(load(size, load), heapOf(size));
      keep(key, loaded);
    }
    return type.cast(loaded.index());
  }

  /** What has to go goes first, lest both be in memory. */
  private <T> T load(long size, Supplier<T> load) {
    makeRoom(heapOf(size));
    return load.get();
  }

  private void makeRoom(long needed) {
    Iterator<Loaded> oldest = files.values().iterator();
    while (weight + needed > most && oldest.hasNext()) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }

  /** One that is larger than all the room is loaded again the next time. */
  private void keep(String key, Loaded loaded) {
    if (weight + loaded.weight() <= most) {
      files.put(key, loaded);
      weight += loaded.weight();
    }
  }

  /** Texts that were asked for are kept decoded beside the bytes. */
  private static long heapOf(long size) {
    return size + size / 2;
  }
}

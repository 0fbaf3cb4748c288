package dev.berth.registry.scan.facts;

import dev.berth.core.oci.Digest;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.scan.layer.LayerFacts;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.ObjectRules;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The objects that the facts of layers are in, one for each blob. Its key names that, and the
 * version of the extractor: {@code facts/<account>/<encryption
 * key>/<algorithm>-<digits>/<version>}, where the key's ARN is written with dots. The same key
 * always has the same facts, so it may be written again after it was deleted.
 */
public final class FactsObjects {

  private static final String BEGINNING = "facts/";
  private static final int SEGMENTS = 5;
  private static final String VERSION = String.valueOf(LayerFacts.EXTRACTOR);
  private static final String ARN = "arn.";
  private static final int PARTS_OF_ARN = 7;

  private final Table table;

  public FactsObjects(Table table) {
    this.table = table;
  }

  /** Of a layer of an account's repositories with this encryption key. */
  static String of(String account, String encryptionKey, Digest digest) {
    return ObjectRules.key(
        BEGINNING
            + String.join(
                "/", account, dotted(encryptionKey), digest.toString().replace(':', '-'), VERSION));
  }

  /**
   * The one of a blob, as this version writes it.
   *
   * @param blob a key of {@link Keys#blob}
   */
  public static String of(Key blob) {
    String[] parts = blob.partition().substring(Keys.blobs().length()).split("#", 3);
    return of(parts[0], parts[1], Digest.parse(parts[2]).orElseThrow());
  }

  private static String dotted(String encryptionKey) {
    return encryptionKey.replace(':', '.').replace('/', '.');
  }

  private static String undotted(String segment) {
    String[] parts = segment.split("\\.", PARTS_OF_ARN);
    return segment.startsWith(ARN) && parts.length == PARTS_OF_ARN
        ? new KeyArn(parts[1], parts[3], parts[4], parts[6]).toString()
        : segment;
  }

  /**
   * Those of the objects whose blob is gone, or that another version of the extractor wrote: where
   * two versions run at once, the other one makes its own anew.
   *
   * @param objectKeys any; those that are no facts are kept
   */
  public Set<String> unused(Collection<String> objectKeys) {
    Map<String, Key> owners = new HashMap<>();
    objectKeys.forEach(key -> owner(key).ifPresent(owner -> owners.put(key, owner)));
    Map<Key, Item> blobs = Walk.get(table, owners.values());
    return owners.entrySet().stream()
        .filter(entry -> !isCurrent(entry.getKey()) || !blobs.containsKey(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isCurrent(String objectKey) {
    return objectKey.endsWith("/" + VERSION);
  }

  private static Optional<Key> owner(String objectKey) {
    String[] segments = objectKey.split("/");
    return objectKey.startsWith(BEGINNING) && segments.length == SEGMENTS
        ? Digest.parse(segments[3].replace('-', ':'))
            .map(digest -> Keys.blob(segments[1], undotted(segments[2]), digest))
        : Optional.empty();
  }
}

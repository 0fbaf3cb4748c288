package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The objects that findings are in, and whether they still are those of an image: an object's key
 * names its image, as {@code findings/<account>/<repository's id>/<algorithm>-<digits>/<random>}.
 */
public final class FindingsObjects {

  private static final String BEGINNING = "findings/";
  private static final int SEGMENTS = 5;

  private final Table table;

  public FindingsObjects(Table table) {
    this.table = table;
  }

  /** A key under which no object ever was. */
  public static String fresh(Repository repository, Digest digest) {
    return BEGINNING
        + String.join(
            "/",
            repository.account(),
            repository.id(),
            digest.toString().replace(':', '-'),
            UUID.randomUUID().toString());
  }

  /** The one of an image, by its item. */
  public static Optional<String> of(Item image) {
    return ScanAttributes.findings(image);
  }

  /** The one of an image. */
  static Optional<String> of(Image image) {
    return image.scan().flatMap(Scan::result).map(ScanResult::objectKey);
  }

  /**
   * Those of the objects that no image has. An object is written right before the transaction that
   * gives it to its image, so one that is older than any transaction and has no image never gets
   * one.
   *
   * @param objectKeys any; those that do not name an image are kept
   */
  public Set<String> unused(Collection<String> objectKeys) {
    Map<String, Key> owners = new HashMap<>();
    objectKeys.forEach(key -> owner(key).ifPresent(owner -> owners.put(key, owner)));
    Map<Key, Item> items = Walk.get(table, owners.values());
    return owners.entrySet().stream()
        .filter(entry -> !isOf(entry.getKey(), items.get(entry.getValue())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isOf(String objectKey, Item image) {
    return image != null && of(image).equals(Optional.of(objectKey));
  }

  private static Optional<Key> owner(String objectKey) {
    String[] segments = objectKey.split("/");
    return objectKey.startsWith(BEGINNING) && segments.length == SEGMENTS
        ? Digest.parse(segments[3].replace('-', ':')).map(digest -> Keys.image(segments[2], digest))
        : Optional.empty();
  }
}

package dev.berth.registry.fsck;

import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.WaitingBlob;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links, blobs and their objects. Links are counted first, then compared with the blobs. */
final class BlobCheck {

  private final Table table;
  private final Objects objects;
  private final Clock clock;
  private final Faults faults;

  /**
   * How many links each blob has, by a hash of its key: a map of keys would be ten times larger.
   */
  private final Map<Long, Integer> links = new HashMap<>();

  BlobCheck(Table table, Objects objects, Clock clock, Faults faults) {
    this.table = table;
    this.objects = objects;
    this.clock = clock;
    this.faults = faults;
  }

  void links(Repository repository) {
    Walk.partition(table, Keys.layers(repository.id()), page -> links(repository, page));
  }

  private void links(Repository repository, List<Item> page) {
    List<LayerLink> read = page.stream().map(LayerLink::of).toList();
    Map<Key, Item> blobs = Walk.get(table, read.stream().map(it -> blob(repository, it)).toList());
    for (LayerLink link : read) {
      Key key = blob(repository, link);
      links.merge(hash(key), 1, Integer::sum);
      Optional<Blob> blob = Optional.ofNullable(blobs.get(key)).map(Blob::of);
      if (blob.isEmpty()) {
        faults.tell("%s: layer %s has no blob".formatted(repository.name(), link.digest()));
      } else if (!blob.get().objectKey().equals(link.objectKey())) {
        faults.tell(
            "%s: layer %s has another object than its blob"
                .formatted(repository.name(), link.digest()));
      }
    }
  }

  private static Key blob(Repository repository, LayerLink link) {
    return Keys.blob(repository.account(), repository.encryptionKey(), link.digest());
  }

  /** Its 64 bits of a digest's 256 are enough to tell blobs apart. */
  private static long hash(Key blob) {
    String partition = blob.partition();
    int end = partition.length();
    long digits = Long.parseUnsignedLong(partition.substring(end - 16), 16);
    return 31 * digits + partition.substring(0, end - 16).hashCode();
  }

  /** Call it when all links are counted. */
  void check() {
    Walk.items(table, Keys.blobs(), page -> page.forEach(this::check));
  }

  private void check(Item item) {
    Blob blob = Blob.of(item);
    int counted = links.getOrDefault(hash(item.key()), 0);
    if (blob.refs() != counted) {
      faults.tell(
          "%s counts %d links and has %d".formatted(name(item), blob.refs(), counted),
          recount(item, blob, counted));
    } else if (counted == 0 && !isWaiting(item)) {
      faults.tell("%s has no links and is not to be collected".formatted(name(item)), wait(item));
    }
    if (blob.isLive()) {
      object(blob).ifPresent(fault -> faults.tell(name(item) + ": " + fault));
    }
  }

  private Action[] recount(Item item, Blob blob, int counted) {
    List<Action> actions = new ArrayList<>();
    actions.add(blob.withReferences(item.key(), counted));
    if (counted == 0) {
      actions.add(wait(item));
    }
    return actions.toArray(Action[]::new);
  }

  private Action wait(Item item) {
    return WaitingBlob.begin(Keys.unreferencedBlobOf(item.key()), clock.instant());
  }

  private boolean isWaiting(Item blob) {
    return !Walk.get(table, List.of(Keys.unreferencedBlobOf(blob.key()))).isEmpty();
  }

  private static String name(Item blob) {
    return "blob " + blob.key().partition().substring(Keys.blobs().length());
  }

  /** What is wrong with its object: its end is looked at, and its bytes are not read. */
  private Optional<String> object(Blob blob) {
    long last = Math.max(0, blob.size() - 1);
    try (InputStream end = objects.get(blob.objectKey(), last, 2)) {
      long found = last + end.readAllBytes().length;
      return found == blob.size()
          ? Optional.empty()
          : Optional.of("its object " + blob.objectKey() + " has not " + blob.size() + " bytes");
    } catch (NoSuchObjectException e) {
      return Optional.of("its object " + blob.objectKey() + " is missing");
    } catch (IOException | StoreException | KmsFailed e) {
      return Optional.of("its object cannot be read: " + e.getMessage());
    }
  }
}

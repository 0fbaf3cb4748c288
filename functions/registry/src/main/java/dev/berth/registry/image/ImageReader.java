package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.image.ConversionRecords.Origin;
import dev.berth.registry.outbox.Change;
import dev.berth.registry.outbox.PullEvents;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads images with their manifests: one call by digest, two by tag. By tag, a client that does not
 * understand the manifest gets it converted, which takes some calls more; by digest never, but a
 * digest that a tag was answered with is good for that very answer.
 */
public final class ImageReader {

  /** Two items an image, and the repository. */
  private static final int IMAGES_PER_CALL = (Table.MOST - 1) / 2;

  private final Table table;
  private final RepositoryReader repositories;
  private final Manifests manifests;
  private final PullTimes pullTimes;
  private final Conversions conversions;
  private final ConversionRecords records;
  private final PullEvents pullEvents;

  /**
   * @param pullEvents by which pulls of one image at a time are told; who pulls several tells
   */
  public ImageReader(
      Table table,
      Objects objects,
      RepositoryReader repositories,
      Conversions conversions,
      PullEvents pullEvents,
      Clock clock) {
    this.table = table;
    this.repositories = repositories;
    this.manifests = new Manifests(objects);
    this.pullTimes = new PullTimes(table, clock);
    this.conversions = conversions;
    this.records = new ConversionRecords(table);
    this.pullEvents = pullEvents;
  }

  /**
   * The manifest that a reference names as it was pushed, without recording a pull.
   *
   * @throws ImageNotFound if there is none
   */
  public StoredManifest look(String account, RepositoryName name, Reference reference) {
    return look(account, name, reference, any -> true);
  }

  /** The same, and records when the image was pulled. */
  public StoredManifest pull(String account, RepositoryName name, Reference reference) {
    return recorded(read(account, name, reference));
  }

  /**
   * The manifest that a reference names in a format that is accepted, if it can be had in one.
   *
   * @param accepted the media types that the client understands
   * @throws ImageNotFound if there is none
   */
  public StoredManifest look(
      String account, RepositoryName name, Reference reference, Predicate<String> accepted) {
    return understood(account, name, reference, read(account, name, reference), accepted);
  }

  /**
   * The same, and records when the image was pulled, and by whom if that is to be told.
   *
   * @param principal the ARN of who pulls
   */
  public StoredManifest pull(
      String account,
      RepositoryName name,
      Reference reference,
      Predicate<String> accepted,
      String principal) {
    Whole whole = read(account, name, reference);
    recorded(whole);
    StoredManifest answer = understood(account, name, reference, whole, accepted);
    var pulled = new Change.Pulled(whole.image().digest(), tag(reference), principal);
    pullEvents.tell(account, name, List.of(pulled));
    return answer;
  }

  private static Optional<Tag> tag(Reference reference) {
    return reference instanceof ByTag(Tag tag) ? Optional.of(tag) : Optional.empty();
  }

  private StoredManifest understood(
      String account,
      RepositoryName name,
      Reference reference,
      Whole whole,
      Predicate<String> accepted) {
    if (!(reference instanceof ByTag(Tag tag))) {
      return whole.manifest();
    }
    StoredManifest stored = whole.manifest();
    StoredManifest answer = conversions.understood(account, name, tag, stored, accepted);
    if (answer != stored) {
      var origin = new Origin(stored.digest(), answer.mediaType(), tag);
      records.remember(whole.repositoryId(), answer.digest(), origin);
    }
    return answer;
  }

  /**
   * What several images came to.
   *
   * @param manifests of those that exist
   * @param refused those whose manifest's key cannot be used
   */
  public record Pulled(Map<Digest, StoredManifest> manifests, Map<Digest, KmsFailed> refused) {}

  /**
   * The manifests of these digests, and records when each was pulled.
   *
   * @param digests one may be named several times, for as many places of an answer
   * @throws LimitExceeded if together, each as often as it is named, they have more bytes than one
   *     manifest may have, for they have to fit into one answer
   */
  public Pulled pull(String account, RepositoryName name, Collection<Digest> digests) {
    Pulled all = new Pulled(new HashMap<>(), new HashMap<>());
    List<Digest> rest = digests.stream().distinct().toList();
    long bytes = 0;
    while (!rest.isEmpty()) {
      List<Digest> some = rest.subList(0, Math.min(rest.size(), IMAGES_PER_CALL));
      Found found = readSome(account, name, some);
      for (Digest digest : some) {
        Optional<Whole> whole = whole(found, digest, all.refused());
        long times = Collections.frequency(digests, digest);
        bytes += times * whole.map(Whole::bytes).orElse(0);
        requireFitting(bytes);
        whole.ifPresent(image -> all.manifests().put(digest, recorded(image)));
      }
      rest = rest.subList(some.size(), rest.size());
    }
    return all;
  }

  private Optional<Whole> whole(Found found, Digest digest, Map<Digest, KmsFailed> refused) {
    try {
      return whole(found.repository().id(), digest, found.items());
    } catch (KmsFailed e) {
      refused.put(digest, e);
      return Optional.empty();
    }
  }

  private Found readSome(String account, RepositoryName name, List<Digest> digests) {
    return repositories.read(
        account,
        name,
        Consistency.STRONG,
        at -> digests.stream().flatMap(digest -> keys(at, digest).stream()).toList());
  }

  /**
   * @param bytes of all manifests in one answer
   * @throws LimitExceeded if they are more than one manifest may have
   */
  public static void requireFitting(long bytes) {
    if (bytes > ManifestReader.MAX_BYTES) {
      throw new LimitExceeded(
          "The manifests of the images have more than %d bytes: ask for fewer images at a time."
              .formatted(ManifestReader.MAX_BYTES));
    }
  }

  private StoredManifest recorded(Whole whole) {
    pullTimes.record(whole.repositoryId(), whole.image());
    return whole.manifest();
  }

  private record Whole(String repositoryId, Image image, StoredManifest manifest) {
    int bytes() {
      return manifest.bytes().length;
    }
  }

  /**
   * What was just pushed may not be readable yet at the cheaper consistency: a miss looks again,
   * and takes the record of a conversion along.
   */
  private Whole read(String account, RepositoryName name, Reference reference) {
    return read(account, name, reference, Consistency.EVENTUAL)
        .or(() -> read(account, name, reference, Consistency.STRONG))
        .orElseThrow(() -> notFound(account, name, reference));
  }

  /**
   * @param consistency of the image, which never changes under its digest; a tag does, so it is
   *     read as it is now
   */
  private Optional<Whole> read(
      String account, RepositoryName name, Reference reference, Consistency consistency) {
    return switch (reference) {
      case ByDigest(Digest digest) -> {
        boolean again = consistency == Consistency.STRONG;
        Found found =
            repositories.read(
                account, name, consistency, at -> again ? allKeys(at, digest) : keys(at, digest));
        Repository repository = found.repository();
        yield whole(repository.id(), digest, found.items())
            .or(() -> converted(repository, digest, found.items()));
      }
      case ByTag(Tag tag) -> {
        Found found =
            repositories.read(
                account, name, Consistency.STRONG, at -> List.of(Keys.tag(at.id(), tag.value())));
        Repository repository = found.repository();
        yield Optional.ofNullable(found.items().get(Keys.tag(repository.id(), tag.value())))
            .map(TagItem::read)
            .flatMap(
                digest ->
                    whole(
                        repository.id(), digest, table.get(keys(repository, digest), consistency)));
      }
    };
  }

  private static List<Key> keys(Repository repository, Digest digest) {
    return List.of(Keys.image(repository.id(), digest), Keys.manifest(repository.id(), digest));
  }

  private static List<Key> allKeys(Repository repository, Digest digest) {
    return Stream.concat(
            keys(repository, digest).stream(), Stream.of(Keys.conversion(repository.id(), digest)))
        .toList();
  }

  /** What a tag was answered with, made again. */
  private Optional<Whole> converted(Repository repository, Digest digest, Map<Key, Item> items) {
    return Optional.ofNullable(items.get(Keys.conversion(repository.id(), digest)))
        .map(Origin::read)
        .flatMap(origin -> converted(repository, origin))
        .filter(whole -> whole.manifest().digest().equals(digest));
  }

  private Optional<Whole> converted(Repository repository, Origin origin) {
    Map<Key, Item> items = table.get(keys(repository, origin.source()), Consistency.STRONG);
    return whole(repository.id(), origin.source(), items)
        .flatMap(
            source ->
                conversions
                    .convert(
                        repository.account(),
                        repository.name(),
                        origin.tag(),
                        source.manifest(),
                        origin.mediaType())
                    .map(manifest -> new Whole(repository.id(), source.image(), manifest)));
  }

  private Optional<Whole> whole(String repositoryId, Digest digest, Map<Key, Item> items) {
    Item image = items.get(Keys.image(repositoryId, digest));
    Item manifest = items.get(Keys.manifest(repositoryId, digest));
    if (image == null || manifest == null) {
      return Optional.empty();
    }
    return Optional.of(ImageItem.read(image))
        .filter(Image::isActive)
        .flatMap(
            active ->
                manifests
                    .read(manifest)
                    .map(bytes -> new StoredManifest(digest, active.mediaType(), bytes))
                    .map(stored -> new Whole(repositoryId, active, stored)));
  }

  private static ImageNotFound notFound(String account, RepositoryName name, Reference reference) {
    return switch (reference) {
      case ByDigest(Digest digest) ->
          new ImageNotFound(account, name, Optional.of(digest.toString()), Optional.empty());
      case ByTag(Tag tag) ->
          new ImageNotFound(account, name, Optional.empty(), Optional.of(tag.value()));
    };
  }
}

package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads an image together with what is kept of its replications. */
final class ReplicationReader {

  private final RepositoryReader repositories;

  ReplicationReader(RepositoryReader repositories) {
    this.repositories = repositories;
  }

  /**
   * In one call, strongly.
   *
   * @param more what to read along, given the repository's id
   * @return empty where the image is gone, or its repository
   */
  Optional<Found> find(
      String account, RepositoryName name, Digest digest, Function<String, Stream<Key>> more) {
    try {
      Found found =
          repositories.read(
              account,
              name,
              Consistency.STRONG,
              at ->
                  Stream.concat(Stream.of(Keys.image(at.id(), digest)), more.apply(at.id()))
                      .toList());
      return Optional.of(found).filter(it -> hasImage(it, digest));
    } catch (RepositoryNotFound gone) {
      return Optional.empty();
    }
  }

  /** The same of one replication; empty, too, where its repository was made anew. */
  Optional<Found> find(ReplicationId id) {
    return find(
            id.account(),
            id.repositoryName(),
            id.digest(),
            any -> Stream.concat(Stream.of(id.key()), id.tagKey().stream()))
        .filter(found -> found.repository().id().equals(id.repositoryId()));
  }

  private static boolean hasImage(Found found, Digest digest) {
    return Optional.ofNullable(found.items().get(Keys.image(found.repository().id(), digest)))
        .map(ImageItem::read)
        .filter(Image::isActive)
        .isPresent();
  }

  /** What is kept of a replication among what was read. */
  static Optional<Replication> replication(Found found, ReplicationId id) {
    return Optional.ofNullable(found.items().get(id.key())).map(ReplicationItem::read);
  }
}

package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import java.util.Optional;

/**
 * What is replicated, and where it goes.
 *
 * @param account of the registry that replicates
 * @param repositoryId a repository that is made again under its name is another
 * @param tag that was pushed, empty for a push without one
 */
public record ReplicationId(
    String account,
    RepositoryName repositoryName,
    String repositoryId,
    Digest digest,
    Optional<Tag> tag,
    Destination destination) {

  /** The same of another image. */
  ReplicationId of(Digest other) {
    return new ReplicationId(account, repositoryName, repositoryId, other, tag, destination);
  }

  Key key() {
    return Keys.replication(
        repositoryId,
        digest,
        destination.region(),
        destination.registryId(),
        tag.map(Tag::value).orElse(""));
  }

  Optional<Key> tagKey() {
    return tag.map(of -> Keys.tag(repositoryId, of.value()));
  }

  @Override
  public String toString() {
    return "%s@%s%s to %s of %s"
        .formatted(
            repositoryName,
            digest,
            tag.map(of -> " (" + of + ")").orElse(""),
            destination.region(),
            destination.registryId());
  }
}

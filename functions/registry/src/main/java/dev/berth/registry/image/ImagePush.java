package dev.berth.registry.image;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quotas;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.registry.RegistryException.ImageTagAlreadyExists;
import dev.berth.registry.image.Image.State;
import dev.berth.registry.image.PushContext.Prior;
import dev.berth.registry.outbox.Change;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts images into repositories: a manifest whose layers or children are there becomes an image,
 * and its tag moves to it, in one transaction.
 */
public final class ImagePush {

  private final Table table;
  private final Objects objects;
  private final Manifests manifests;
  private final PushContext.Reader contexts;
  private final ImageDeletion deletion;
  private final Clock clock;
  private final PushQuotas quotas;

  public ImagePush(
      Table table, Objects objects, RepositoryReader repositories, Clock clock, Quotas quotas) {
    this.table = table;
    this.objects = objects;
    this.manifests = new Manifests(objects);
    this.contexts = new PushContext.Reader(table, repositories, clock);
    this.deletion = new ImageDeletion(table, objects, repositories, clock);
    this.clock = clock;
    this.quotas = new PushQuotas(quotas);
  }

  /**
   * A manifest on its way into a repository.
   *
   * @param bytes as they were sent
   * @param manifest what they say
   * @param algorithm of the digest that the image is to have
   */
  public record Push(byte[] bytes, Manifest manifest, Algorithm algorithm, Optional<Tag> tag) {

    /** What the image is to be known by. */
    public Digest digest() {
      return algorithm.digest(manifest.digested(bytes));
    }

    Push withoutTag() {
      return new Push(bytes, manifest, algorithm, Optional.empty());
    }
  }

  /**
   * What became of it.
   *
   * @param changed whether the image or its tag is new; a push that changes nothing is a success
   *     over the OCI wire, and an error in the API
   */
  public record Pushed(Digest digest, boolean changed) {}

  /**
   * @throws dev.berth.registry.RegistryException.RepositoryNotFound if the repository does not
   *     exist
   * @throws dev.berth.registry.RegistryException.LayersNotFound if a layer or the config is missing
   * @throws dev.berth.registry.RegistryException.ReferencedImagesNotFound if a child is missing
   * @throws ImageTagAlreadyExists if the tag names another image and the repository is immutable
   * @throws dev.berth.registry.RegistryException.LimitExceeded if the repository has as many
   *     images, or the image as many tags, as it may have
   */
  public Pushed push(String account, RepositoryName name, Push push) {
    return put(account, name, push, new Change.Pushed(push.digest(), push.tag()));
  }

  /**
   * The same for an image that comes from another registry, which is told as that and not as a
   * push. It throws what {@link #push} does.
   */
  public Pushed replicate(String account, RepositoryName name, Push push, Source source) {
    return put(account, name, push, new Change.Replicated(push.digest(), push.tag(), source));
  }

  /**
   * @param told what there is to tell where the image or its tag is new
   */
  private Pushed put(String account, RepositoryName name, Push push, Change told) {
    return Retry.untilDecided(() -> attempt(account, name, push, told));
  }

  /** Empty where something changed between the reading and the transaction. */
  private Optional<Pushed> attempt(String account, RepositoryName name, Push push, Change told) {
    Digest digest = told.digest();
    PushContext context = contexts.read(account, name, digest, push.manifest(), push.tag());
    if (context.prior() == Prior.DELETING) {
      deletion.finishIfDeleting(context.repository(), digest);
      return Optional.empty();
    }
    boolean tagStays = push.tag().isEmpty() || context.tagged().equals(Optional.of(digest));
    if (context.prior() == Prior.ACTIVE && tagStays) {
      return Optional.of(new Pushed(digest, false));
    }
    if (isTaken(context, tagStays)) {
      // an image that is being deleted reads as absent, and its tags have to as well
      if (!deletion.finishIfDeleting(context.repository(), context.tagged().orElseThrow())) {
        throw new ImageTagAlreadyExists(name, push.tag().orElseThrow());
      }
      return Optional.empty();
    }
    quotas.require(context, push.tag());
    if (commit(context, push, told, tagStays)) {
      return Optional.of(new Pushed(digest, true));
    }
    context.tagged().ifPresent(former -> deletion.finishIfDeleting(context.repository(), former));
    return Optional.empty();
  }

  /** Whether the tag names another image and may not be taken from it. */
  private static boolean isTaken(PushContext context, boolean tagStays) {
    boolean immutable = context.repository().settings().tagMutability() == TagMutability.IMMUTABLE;
    return immutable && !tagStays && context.tagged().isPresent();
  }

  private boolean commit(PushContext context, Push push, Change told, boolean tagStays) {
    Repository repository = context.repository();
    Digest digest = told.digest();
    List<Action> actions = new ArrayList<>();
    actions.add(told(repository, told, clock.instant()));
    ImageChanges changes = new ImageChanges(repository.id());
    if (!tagStays) {
      Tag tag = push.tag().orElseThrow();
      actions.addAll(TagItem.write(repository.id(), tag, digest, context.tagged()));
      context
          .tagged()
          .ifPresent(
              former -> {
                actions.add(Action.delete(Keys.imageTag(repository.id(), former, tag.value())));
                changes.addTags(former, -1);
              });
    }
    Optional<String> written = Optional.empty();
    if (context.prior() == Prior.ABSENT) {
      var bytes = manifests.write(repository, digest, push.manifest(), push.bytes());
      written = manifests.objectKey(bytes);
      actions.add(Action.put(bytes));
      actions.addAll(newImage(context, digest, push, tagStays ? 0 : 1));
      push.manifest().children().forEach(child -> changes.addParents(child, 1));
    } else {
      actions.add(Action.check(repositoryKey(repository), RepositoryItem.isAsRead(repository)));
      actions.add(
          Action.update(Keys.image(repository.id(), digest))
              .add(ImageItem.TAG_COUNT, 1)
              .add(ImageItem.TAG_CHANGES, 1)
              .when(Condition.all(ImageItem.isActive(), quotas.roomForTag())));
    }
    actions.addAll(changes.actions());
    boolean committed = !context.window().isOver() && table.transact(actions).committed();
    if (!committed) {
      written.ifPresent(objects::delete);
    }
    return committed;
  }

  private List<Action> newImage(PushContext context, Digest digest, Push push, int tagCount) {
    Repository repository = context.repository();
    Manifest manifest = push.manifest();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Digest> subject = manifest.subject().map(described -> described.digest());
    var image =
        new Image(
            digest,
            manifest.mediaType(),
            manifest.artifactType(),
            context.imageSize(manifest),
            subject,
            now,
            Optional.empty(),
            tagCount,
            0,
            0,
            scanOnPush(repository, manifest, now),
            State.ACTIVE,
            Optional.empty());
    List<Action> actions = new ArrayList<>();
    actions.add(
        Action.update(repositoryKey(repository))
            .add(RepositoryItem.IMAGE_COUNT, 1)
            .when(Condition.all(RepositoryItem.isAsRead(repository), quotas.roomForImage())));
    actions.add(Action.put(ImageItem.write(repository.id(), image), Condition.absent()));
    image.scan().ifPresent(scan -> actions.add(OpenScans.put(repository, digest, scan)));
    subject.ifPresent(
        of -> actions.add(Action.put(Referrers.row(repository.id(), of, digest, manifest))));
    return actions;
  }

  private static Action told(Repository repository, Change change, Instant at) {
    return new OutboxRecord(repository.account(), repository.name(), change, at)
        .toldOf(repository.id());
  }

  /** The event that tells of the push starts it. */
  private static Optional<Scan> scanOnPush(Repository repository, Manifest manifest, Instant now) {
    boolean scanned =
        repository.settings().scanOnPush()
            && Scan.isPossible(manifest.mediaType(), manifest.artifactType());
    return scanned ? Optional.of(Scan.begun(now, Optional.empty())) : Optional.empty();
  }

  private static Key repositoryKey(Repository repository) {
    return Keys.repository(repository.account(), repository.name().value());
  }
}

package dev.berth.registry.upload;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.WriteWindow;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a layer of an object whose digest is known: one read, then one transaction of the link, the
 * blob's references and the upload's end. Until that nothing can be seen, after that all of it.
 */
final class LinkTransaction {

  /**
   * Each round is lost to another writer of the same layer, and a handful is the most there can be.
   */
  private static final int MOST_ROUNDS = 10;

  private final Table table;
  private final Objects objects;
  private final RepositoryReader repositories;
  private final Clock clock;

  LinkTransaction(Table table, Objects objects, RepositoryReader repositories, Clock clock) {
    this.table = table;
    this.objects = objects;
    this.repositories = repositories;
    this.clock = clock;
  }

  /**
   * What a commit came to.
   *
   * @param existed whether the repository had the layer before
   */
  record Done(LayerLink link, boolean existed) {}

  /** What to write, given what is there, and the link as it will be. */
  private record Plan(List<Action> actions, Done done) {}

  /**
   * @throws RegistryException if the repository or the upload is not there any more
   */
  Done commit(Fence fence, Piece object, Digest digest) {
    Binding binding = fence.binding();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var window = WriteWindow.open(clock);
      Found found = read(binding, digest);
      Plan plan = plan(binding, found, object, digest);
      if (window.isOver()) {
        continue;
      }
      if (binding.isTooLateToCommit(clock.instant())) {
        throw binding.notFound();
      }
      List<Action> actions = new ArrayList<>(plan.actions());
      actions.add(fence.committed(digest));
      Outcome outcome = table.transact(actions);
      if (outcome.committed()) {
        discardUnless(plan.done().link(), object);
        return plan.done();
      }
      if (outcome instanceof Outcome.Refused refused && refused.at(plan.actions().size())) {
        return repeated(fence, object, digest);
      }
    }
    throw new StoreException(
        "layer %s changed %d times during its commit".formatted(digest, MOST_ROUNDS));
  }

  private Found read(Binding binding, Digest digest) {
    Key blob = blobKey(binding, digest);
    Uploader uploader = binding.uploader();
    Found found =
        repositories.read(
            uploader.account(),
            uploader.name(),
            Consistency.STRONG,
            repository -> List.of(blob, Keys.layer(repository.id(), digest)));
    if (!found.repository().id().equals(binding.repositoryId())) {
      throw binding.notFound();
    }
    return found;
  }

  private static Key blobKey(Binding binding, Digest digest) {
    return Keys.blob(binding.uploader().account(), binding.encryption().id(), digest);
  }

  private static Optional<LayerLink> link(Binding binding, Found found, Digest digest) {
    return Optional.ofNullable(found.items().get(Keys.layer(binding.repositoryId(), digest)))
        .map(LayerLink::of);
  }

  private Plan plan(Binding binding, Found found, Piece object, Digest digest) {
    Key blobKey = blobKey(binding, digest);
    Optional<LayerLink> link = link(binding, found, digest);
    if (link.isPresent()) {
      Action revive = LayerLink.revive(Keys.layer(binding.repositoryId(), digest), clock.instant());
      return new Plan(List.of(revive), new Done(link.get(), true));
    }
    Optional<Blob> blob = Optional.ofNullable(found.items().get(blobKey)).map(Blob::of);
    return blob.filter(Blob::isLive)
        .map(live -> share(binding, blobKey, live, digest))
        .orElseGet(() -> install(binding, blobKey, blob, object, digest));
  }

  /** The registry has these bytes already. */
  private Plan share(Binding binding, Key blobKey, Blob live, Digest digest) {
    LayerLink link = newLink(digest, live.objectKey(), live.size());
    return new Plan(
        List.of(putLink(binding, link), Blob.addReference(blobKey, live.objectKey())),
        new Done(link, false));
  }

  /** The object of this upload becomes the blob's, also in the place of a doomed one. */
  private Plan install(
      Binding binding, Key blobKey, Optional<Blob> doomed, Piece object, Digest digest) {
    LayerLink link = newLink(digest, object.key(), object.size());
    Condition unchanged =
        doomed
            .map(blob -> Blob.is(Blob.State.DOOMED, blob.objectKey()))
            .orElseGet(Condition::absent);
    Blob first = Blob.first(object.key(), object.size());
    return new Plan(
        List.of(putLink(binding, link), Action.put(first.toItem(blobKey), unchanged)),
        new Done(link, false));
  }

  private LayerLink newLink(Digest digest, String objectKey, long size) {
    return new LayerLink(digest, objectKey, size, clock.instant(), Optional.empty());
  }

  private static Action putLink(Binding binding, LayerLink link) {
    return Action.put(link.toItem(binding.repositoryId()), Condition.absent());
  }

  /** The upload is over already: the same commit once more is a success like the first. */
  private Done repeated(Fence fence, Piece object, Digest digest) {
    return committed(fence, digest)
        .map(
            done -> {
              discardUnless(done.link(), object);
              return done;
            })
        .orElseThrow(fence::lost);
  }

  /** The layer, if the upload was committed as this digest before and the layer is still there. */
  Optional<Done> committed(Fence fence, Digest digest) {
    boolean same = fence.read().flatMap(UploadRecord::committed).filter(digest::equals).isPresent();
    return same
        ? link(fence.binding(), read(fence.binding(), digest), digest)
            .map(link -> new Done(link, false))
        : Optional.empty();
  }

  private void discardUnless(LayerLink link, Piece object) {
    if (!link.objectKey().equals(object.key())) {
      Discard.object(objects, object);
    }
  }
}

package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.Sealer;
import dev.berth.registry.RegistryException.BodyTruncated;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.Optional;

/**
 * Pushes of layers as the OCI distribution specification has them ("Pushing blobs"). The client
 * carries a sealed state along, so a layer that comes in one body costs no table call between the
 * upload's begin and its commit.
 *
 * <p>All methods throw {@link UploadNotFound} for a state that is forged, expired (24 hours),
 * another upload's or somebody else's, and {@link RepositoryNotFound} where they read the
 * repository and it is gone. Those that begin an upload or move bytes throw {@link
 * dev.berth.registry.RegistryException.KmsFailed} where the repository's key cannot be used.
 */
public final class Uploads {

  private final Table table;
  private final Objects objects;
  private final RepositoryReader repositories;
  private final EncryptionKeys keys;
  private final Sealer sealer;
  private final Clock clock;

  private final Sessions sessions;
  private final Appender appender;
  private final LayerCommit commit;

  /**
   * @param sealer of {@code Purpose.UPLOAD_STATE}
   */
  public Uploads(
      Table table,
      Objects objects,
      RepositoryReader repositories,
      EncryptionKeys keys,
      Sealer sealer,
      Clock clock,
      PartSizes sizes,
      Quotas quotas) {
    this.table = table;
    this.objects = objects;
    this.repositories = repositories;
    this.keys = keys;
    this.sealer = sealer;
    this.clock = clock;
    this.sessions = new Sessions(repositories, clock);
    this.appender = new Appender(objects, sizes, LayerSize.of(quotas));
    this.commit = new LayerCommit(table, objects, repositories, clock);
  }

  /**
   * Begins an upload; nothing is written.
   *
   * @param announced the algorithm of the digest that the commit will name; SHA-256 unless said
   */
  public Upload begin(Uploader uploader, Optional<Algorithm> announced) {
    return upload(new Ticket(binding(uploader, announced), 0, Optional.empty()), 0);
  }

  private Binding binding(Uploader uploader, Optional<Algorithm> announced) {
    var repository = repositories.require(uploader.account(), uploader.name());
    keys.requireUsable(repository.encryption());
    return Binding.begin(uploader, repository, announced, clock.instant());
  }

  /**
   * A layer in one request.
   *
   * @throws InvalidLayer if the body has another digest
   * @throws BodyTruncated if the body breaks off
   */
  public LayerLink uploadWhole(Uploader uploader, Digest named, Body body) {
    Binding binding = binding(uploader, Optional.of(named.algorithm()));
    return commitWhole(new Fence(table, binding, 0), named, body);
  }

  /**
   * Takes in a body: streamed, or a chunk with its range.
   *
   * @throws InvalidLayerPart if the chunk does not begin where the upload stands, or lost a race
   * @throws BodyTruncated if the body breaks off; the upload goes on where {@link #status} says
   * @throws LimitExceeded if the layer becomes too large
   */
  public Upload append(
      Uploader uploader, String id, String state, Optional<ContentRange> range, Body body) {
    Ticket ticket = sessions.ticket(sealer, uploader, id, state);
    if (ticket.isFresh() && range.isEmpty()) {
      var fence = new Fence(table, ticket.binding(), 0);
      return upload(fence, appender.whole(fence, ticket.binding().algorithm(), body));
    }
    UploadRecord upload = openOf(ticket);
    var fence = new Fence(table, ticket.binding(), upload.version());
    return upload(fence, append(fence, ticket, upload, range, body));
  }

  /** A body without a range belongs behind what the client knew when it got its state. */
  private Content append(
      Fence fence, Ticket ticket, UploadRecord upload, Optional<ContentRange> range, Body body) {
    if (range.isEmpty() && ticket.version() != upload.version()) {
      throw Fence.outOfOrder(upload.content().received());
    }
    return appender.append(fence, upload.content(), range, body, upload.apiParts());
  }

  /**
   * Ends an upload with a layer. The same commit once more answers the same.
   *
   * @param rest the last bytes, or all of them; may be empty
   * @throws InvalidLayer if the bytes have another digest; the upload is over
   * @throws InvalidLayerPart if the rest does not belong behind what is there
   * @throws BodyTruncated if the rest breaks off
   */
  public LayerLink commit(
      Uploader uploader,
      String id,
      String state,
      Digest named,
      Optional<ContentRange> range,
      Body rest) {
    Ticket ticket = sessions.ticket(sealer, uploader, id, state);
    Body body = rest.measured();
    var fence = new Fence(table, ticket.binding(), ticket.version());
    if (ticket.whole().isPresent() && body.isEmpty()) {
      return commit.commit(fence, ticket.content(), named).link();
    }
    if (ticket.isFresh() && !body.isEmpty() && range.isEmpty()) {
      return commitWhole(fence, named, body);
    }
    return commitRecorded(ticket, named, range, body);
  }

  private LayerLink commitWhole(Fence fence, Digest named, Body body) {
    Content content = appender.whole(fence, named.algorithm(), body);
    return commit.commit(fence, content, named).link();
  }

  private LayerLink commitRecorded(
      Ticket ticket, Digest named, Optional<ContentRange> range, Body body) {
    if (!body.isEmpty()) {
      UploadRecord upload = sessions.find(ticket);
      if (upload.isOpen()) {
        append(new Fence(table, ticket.binding(), upload.version()), ticket, upload, range, body);
      }
    }
    return commit.commit(() -> sessions.find(ticket), named).link();
  }

  /** Where an upload stands, also for a client that holds an old state. */
  public Upload status(Uploader uploader, String id, String state) {
    UploadRecord upload = openOf(sessions.ticket(sealer, uploader, id, state));
    var fence = new Fence(table, upload.binding(), upload.version());
    return upload(fence, upload.content());
  }

  /** Drops an upload. Of a cancel and a commit one wins. */
  public void cancel(Uploader uploader, String id, String state) {
    Ticket ticket = sessions.ticket(sealer, uploader, id, state);
    while (true) {
      UploadRecord upload = openOf(ticket);
      if (new Fence(table, upload.binding(), upload.version()).cancel()) {
        Discard.content(objects, upload.content());
        return;
      }
      // it went on since it was read: look again, and refuse if it is over
    }
  }

  private UploadRecord openOf(Ticket ticket) {
    return Sessions.requireOpen(sessions.find(ticket));
  }

  private Upload upload(Fence fence, Content content) {
    return upload(Ticket.of(fence.binding(), fence.version(), content), content.received());
  }

  private Upload upload(Ticket ticket, long received) {
    return new Upload(ticket.binding().uploadId(), ticket.seal(sealer), received);
  }
}

package dev.berth.registry.upload;

import dev.berth.core.oci.Digest;
import dev.berth.core.quota.Quota;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.EmptyUpload;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.LayerAlreadyExists;
import dev.berth.registry.RegistryException.LayerPartTooSmall;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.LinkTransaction.Done;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pushes of layers as ECR's API has them: InitiateLayerUpload, UploadLayerPart and
 * CompleteLayerUpload, by the upload's id alone.
 *
 * <p>Methods that take an id throw {@link UploadNotFound} if no such upload is in progress, or it
 * is another repository's or principal's. Those that begin an upload or move bytes throw {@link
 * dev.berth.registry.RegistryException.KmsFailed} where the repository's key cannot be used.
 */
public final class PartUploads {

  private static final Pattern UPLOAD_ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Table table;
  private final RepositoryReader repositories;
  private final EncryptionKeys keys;
  private final Clock clock;
  private final PartSizes sizes;
  private final long mostParts;

  private final Sessions sessions;
  private final Appender appender;
  private final LayerCommit commit;

  public PartUploads(
      Table table,
      Objects objects,
      RepositoryReader repositories,
      EncryptionKeys keys,
      Clock clock,
      PartSizes sizes,
      Quotas quotas) {
    this.table = table;
    this.repositories = repositories;
    this.keys = keys;
    this.clock = clock;
    this.sizes = sizes;
    this.mostParts = quotas.of(Quota.LAYER_PARTS);
    this.sessions = new Sessions(repositories, clock);
    this.appender = new Appender(objects, sizes, LayerSize.of(quotas));
    this.commit = new LayerCommit(table, objects, repositories, clock);
  }

  /**
   * Begins an upload.
   *
   * @return its id, a UUID
   */
  public String initiate(Uploader uploader) {
    var repository = repositories.require(uploader.account(), uploader.name());
    keys.requireUsable(repository.encryption());
    Binding binding = Binding.begin(uploader, repository, Optional.empty(), clock.instant());
    new Fence(table, binding, 0).save(Content.EMPTY);
    return binding.uploadId();
  }

  /**
   * Takes in a part.
   *
   * @param first where it begins in the layer, from 0
   * @param last where it ends, inclusive
   * @return the last byte received
   * @throws InvalidLayerPart if it does not begin where the upload stands, is not as long as it
   *     says or longer than a part may be, or lost a race
   * @throws LimitExceeded if the layer would have too many parts, or becomes too large
   */
  public long uploadPart(Uploader uploader, String id, long first, long last, ByteBuffer part) {
    UploadRecord upload = Sessions.requireOpen(find(uploader, id));
    Content before = upload.content();
    check(first, last, part.remaining(), before);
    requireFewParts(upload);
    appender.append(
        new Fence(table, upload.binding(), upload.version()),
        before,
        Optional.of(new ContentRange(first, last)),
        Body.of(bytes(part)),
        upload.apiParts().with(part.remaining(), sizes.smallestApiPart()));
    return last;
  }

  private void check(long first, long last, int size, Content before) {
    if (first != before.received()) {
      throw Fence.outOfOrder(before.received());
    }
    if (size == 0 || size > sizes.largestApiPart() || last != first + size - 1) {
      throw new InvalidLayerPart(
          "The layer part has %d bytes: it has to be as long as its range and at most %d."
              .formatted(size, sizes.largestApiPart()),
          before.received());
    }
  }

  private void requireFewParts(UploadRecord upload) {
    if (upload.apiParts().count() >= mostParts) {
      throw new LimitExceeded(
          "The upload with id '%s' already has the maximum allowed number of layer parts which is '%d'"
              .formatted(upload.binding().uploadId(), mostParts));
    }
  }

  private static byte[] bytes(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.duplicate().get(bytes);
    return bytes;
  }

  /**
   * Ends an upload with a layer. The same completion once more answers the same.
   *
   * @param digests of the layer, at least one; with several, all have to be its digest
   * @throws EmptyUpload if no part came
   * @throws LayerPartTooSmall if a part but the last is smaller than a part has to be
   * @throws InvalidLayer if the layer has another digest; the upload is over
   * @throws LayerAlreadyExists if the repository has the layer; the upload is over
   */
  public Digest complete(Uploader uploader, String id, List<Digest> digests) {
    Digest named = digests.getFirst();
    for (Digest other : digests) {
      if (!other.equals(named)) {
        throw new InvalidLayer(other, named);
      }
    }
    Done done = commit.commit(() -> completable(uploader, id), named);
    if (done.existed()) {
      throw new LayerAlreadyExists(uploader.account(), uploader.name(), named);
    }
    return named;
  }

  private UploadRecord completable(Uploader uploader, String id) {
    UploadRecord upload = find(uploader, id);
    if (upload.isOpen() && upload.content().received() == 0) {
      throw new EmptyUpload();
    }
    if (upload.apiParts().tooSmall()) {
      throw new LayerPartTooSmall(sizes.smallestApiPart());
    }
    return upload;
  }

  private UploadRecord find(Uploader uploader, String id) {
    if (!UPLOAD_ID.matcher(id).matches()) {
      throw Binding.notFound(uploader, id);
    }
    return sessions.find(uploader, id);
  }
}

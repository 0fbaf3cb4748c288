package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.upload.UploadRecord.ApiParts;
import dev.berth.registry.upload.UploadRecord.State;
import java.time.Instant;
import java.util.Optional;

/** How an upload is written down: the item under {@link Keys#upload}. */
final class UploadItem {

  private static final String UPLOAD_ID = "id";
  private static final String VERSION = "version";
  private static final String STATE = "state";
  private static final String ACCOUNT = "account";
  private static final String NAME = "name";
  private static final String PRINCIPAL = "principal";
  private static final String REPOSITORY_ID = "repositoryId";
  private static final String ENCRYPTION_KEY = "encryptionKey";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String ANNOUNCED = "announced";
  private static final String DIGEST = "digest";
  private static final String RECEIVED = "received";

  private static final String PARTS_KEY = "partsKey";
  private static final String MULTIPART = "multipart";
  private static final String PART_NUMBERS = "partNumbers";
  private static final String PART_CHAIN = "partChain";
  private static final String PARTS_SIZE = "partsSize";
  private static final String NEXT_PART = "nextPart";
  private static final String TAIL_KEY = "tailKey";
  private static final String TAIL_SIZE = "tailSize";
  private static final String HASH_STATE = "hashState";
  private static final String HASH = "hash";
  private static final String API_PARTS = "apiParts";
  private static final String LAST_API_PART = "lastApiPart";
  private static final String SMALL_API_PART = "smallApiPart";

  private UploadItem() {}

  /**
   * That the upload is open and nobody wrote it since this version; 0 is before its first write.
   */
  static Condition at(long version) {
    return version == 0
        ? Condition.absent()
        : Condition.all(
            Condition.equal(STATE, State.OPEN.name()), Condition.equal(VERSION, version));
  }

  /** Removes a record that nobody has written since it was read. */
  static Action removal(UploadRecord read) {
    return Action.delete(
        Keys.upload(read.binding().uploadId()),
        Condition.all(
            Condition.equal(STATE, read.state().name()), Condition.equal(VERSION, read.version())));
  }

  static Item write(UploadRecord upload) {
    Binding binding = upload.binding();
    var item =
        Item.at(Keys.upload(binding.uploadId()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .number(VERSION, upload.version())
            .text(STATE, upload.state().name())
            .text(UPLOAD_ID, binding.uploadId())
            .text(ACCOUNT, binding.uploader().account())
            .text(NAME, binding.uploader().name().value())
            .text(PRINCIPAL, binding.uploader().principalId())
            .text(REPOSITORY_ID, binding.repositoryId())
            .text(ENCRYPTION_KEY, binding.encryption().id())
            .number(EXPIRES_AT, binding.expiresAt().toEpochMilli())
            .text(ANNOUNCED, binding.announced().map(Algorithm::name))
            .text(DIGEST, upload.committed().map(Digest::toString))
            .number(RECEIVED, upload.content().received())
            .number(API_PARTS, upload.apiParts().count())
            .number(LAST_API_PART, upload.apiParts().last())
            .number(SMALL_API_PART, upload.apiParts().tooSmall() ? 1 : 0);
    writeContent(upload.content(), item);
    return item.build();
  }

  private static void writeContent(Content content, Item.Builder item) {
    content
        .parts()
        .ifPresent(
            parts ->
                item.text(PARTS_KEY, parts.key())
                    .text(MULTIPART, parts.multipart())
                    .binary(PART_NUMBERS, parts.numbers())
                    .binary(PART_CHAIN, parts.chain())
                    .number(PARTS_SIZE, parts.size())
                    .number(NEXT_PART, parts.next()));
    content
        .tail()
        .ifPresent(tail -> item.text(TAIL_KEY, tail.key()).number(TAIL_SIZE, tail.size()));
    switch (content.hash()) {
      case Hash.Running(byte[] sha256) -> item.binary(HASH_STATE, sha256);
      case Hash.Finished(Digest digest) -> item.text(HASH, digest.toString());
      case Hash.Unknown() -> {}
    }
  }

  static UploadRecord read(Item item) {
    var uploader =
        new Uploader(item.text(ACCOUNT), new RepositoryName(item.text(NAME)), item.text(PRINCIPAL));
    var binding =
        new Binding(
            item.text(UPLOAD_ID),
            uploader,
            item.text(REPOSITORY_ID),
            Encryption.of(item.text(ENCRYPTION_KEY)),
            Instant.ofEpochMilli(item.number(EXPIRES_AT)),
            item.optionalText(ANNOUNCED).map(Algorithm::valueOf));
    return new UploadRecord(
        binding,
        item.number(VERSION),
        State.valueOf(item.text(STATE)),
        new Content(readParts(item), readTail(item), readHash(item)),
        readApiParts(item),
        item.optionalText(DIGEST).flatMap(Digest::parse));
  }

  /** An upload that began before its parts were counted may have as many more. */
  private static ApiParts readApiParts(Item item) {
    return new ApiParts(
        item.optionalNumber(API_PARTS).orElse(0),
        item.number(LAST_API_PART),
        item.number(SMALL_API_PART) != 0);
  }

  private static Optional<OpenParts> readParts(Item item) {
    return item.optionalText(PARTS_KEY)
        .map(
            key ->
                new OpenParts(
                    key,
                    item.text(MULTIPART),
                    item.binary(PART_NUMBERS),
                    item.binary(PART_CHAIN),
                    item.number(PARTS_SIZE),
                    Math.toIntExact(item.number(NEXT_PART))));
  }

  private static Optional<Piece> readTail(Item item) {
    return item.optionalText(TAIL_KEY).map(key -> new Piece(key, item.number(TAIL_SIZE)));
  }

  private static Hash readHash(Item item) {
    Optional<Hash> running = item.optionalBinary(HASH_STATE).map(Hash.Running::new);
    return running
        .or(() -> item.optionalText(HASH).flatMap(Digest::parse).map(Hash.Finished::new))
        .orElseGet(Hash.Unknown::new);
  }
}

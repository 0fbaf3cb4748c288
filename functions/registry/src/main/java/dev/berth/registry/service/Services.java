package dev.berth.registry.service;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.ImageListing;
import dev.berth.registry.image.ImagePush;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.Referrers;
import dev.berth.registry.image.TagDeletion;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.sweep.Sweeper;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.PartUploads;
import dev.berth.registry.upload.Uploads;
import java.time.Clock;

/** Everything that the registries of one deployment do, over one table and one store of objects. */
public record Services(
    Repositories repositories,
    Layers layers,
    Uploads uploads,
    PartUploads partUploads,
    PartSizes partSizes,
    ImagePush push,
    ImageReader images,
    ImageListing listing,
    ImageDeletion deletion,
    TagDeletion tags,
    Referrers referrers,
    Sweeper sweeper,
    Objects objects,
    EncryptionKeys keys) {

  public static Services over(
      Table table,
      Objects objects,
      EncryptionKeys keys,
      DeploymentSecret secret,
      PartSizes partSizes,
      Clock clock) {
    var reader = new RepositoryReader(table);
    var uploadStates = secret.sealer(Purpose.UPLOAD_STATE);
    var deletion = new ImageDeletion(table, objects, reader, clock);
    return new Services(
        new Repositories(table, keys, clock),
        new Layers(table, reader, keys, clock),
        new Uploads(table, objects, reader, keys, uploadStates, clock, partSizes),
        new PartUploads(table, objects, reader, keys, clock, partSizes),
        partSizes,
        new ImagePush(table, objects, reader, clock),
        new ImageReader(table, objects, reader, clock),
        new ImageListing(table, reader),
        deletion,
        new TagDeletion(table, reader, deletion),
        new Referrers(table, objects, reader),
        new Sweeper(table, objects, deletion, keys, clock),
        objects,
        keys);
  }
}

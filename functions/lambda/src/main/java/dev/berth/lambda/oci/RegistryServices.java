package dev.berth.lambda.oci;

import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.ImageListing;
import dev.berth.registry.image.ImagePush;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.Referrers;
import dev.berth.registry.image.TagDeletion;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.upload.Uploads;

/** What the exchanges are made of, over one table and one store of objects. */
public record RegistryServices(
    Repositories repositories,
    Layers layers,
    Uploads uploads,
    ImagePush push,
    ImageReader reader,
    ImageListing listing,
    ImageDeletion deletion,
    TagDeletion tagDeletion,
    Referrers referrers) {}

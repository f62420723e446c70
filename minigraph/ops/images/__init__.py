"""Operations on images: resizing, cropping, colours, boxes, files."""

fontbuffer: bytes
